import { wordSet } from './word-set.ts';

/** Given names that are frequent where our six languages are spoken and are no words of theirs, nor brands. */
const NAMES = `aaron abby abigail adam adele adrian adriana adrienne agnes agnieszka ahmed aida aiden aisha ajay alain alan albert alberto alec alejandra
alejandro alessandro alex alexander alexandra alexis alfonso alfred alfredo ali alice alicia alina alison allan allen allison alvaro alyssa
amanda amelia amelie amir amit amy ana anabel anastasia anders andre andrea andreas andres andrew andré andrés andy angela angelica angelo
angie anil anita anja anke anna anne anneke annette annie annika anthony antje antoine anton antonia antonio antónio anya ariana arjun
armando arnold arthur arturo ashley astrid audrey augusto aurélie axel barbara bastian beatrice beatriz becky begoña ben benjamin bernadette
bernard bernardo bernd bernhard bert beth bettina betty beverly bianca birgit björn bob bonnie boris brad bradley brandon brenda brendan
brett brian brigitte britta brittany bruno bryan caitlin caleb calvin cameron camila camille candice carina carl carla carlos carly carmen
carol carole carolina caroline cassandra cassie catherine cathy cecilia celia cesar chantal charlene charles charlie charlotte cheryl chloe
chloé chris christa christel christelle christian christina christine christoph christophe christopher christy chuck cindy claire clarissa
claude claudia claudio clint clémence clémentine cody colin colleen connie connor conny cora corinna corinne cornelia courtney craig
cristian cristina curtis cynthia cédric céline daan damian damien dana daniel daniela danielle danilo danny daphne darlene darren daryl dave
david debbie deborah debra delphine denise dennis derek derrick desmond detlef diana diane dianne didier diego dieter diogo dirk dominic
dominik dominique donald donna doris dorothea dorothy doug duncan dustin dwayne dylan eddie edgar edith edmund eduard eduardo edward edwin
eileen elaine eleanor elena eliana elias elisa elisabeth elise elizabeth elke ellen elliot elsa elvira emanuel emilio emily emma emmanuel
enrique eric erica erich erik erika erin ernest ernesto ernst erwin esteban estelle esther ethan eugene eugenia eva evan evelyn fabian
fabien fabio fabrice fatima federico felicia felicity felipe felix femke fernanda fernando fiona flavia florian francesca francesco francine
francis francisco franco francois frank franz françois fred freddie frederic frederick friedrich fritz frédéric gabriel gabriela gail
garrett gareth harriet keira mareike benoît gary gavin gaëlle geert gemma geoff geoffrey georg george georges gerald geraldine gerard gerhard gert gianni gilles gina giorgio
giovanna giovanni gisela giulia gladys glenn gloria gonzalo gordon graham greg gregory greta guilherme guillaume guillermo gunther gustavo
gwen gérard hakan hamza hannah hans harald harold harry harvey hassan heather hector heidi heike heiko heinrich heinz helen helena helene
helga helmut henk henri henrik henrique henry herbert hermann hilary hilde holger howard hubert hugo héctor hélène ian ibrahim ignacio igor
ilse imran ines inga inge ingrid inês ioana irene irma isaac isabel isabella isabelle ivan ivana jack jackie jacob jacqueline jacques jaime
jake jamal james jamie jan jana jane janet janice janine jared jasmin jasmine jason jasper javier jean jeanette jeanne jeff jeffrey jelle
jenna jennifer jenny jens jeremy jeroen jerome jerry jesse jessica jill jim jimmy jo joachim joan joana joanna joanne joao jochen jody joe
joel joelle joey johan johanna johannes john johnny jolanda jon jonas jonathan jorge jos josefina joseph josh joshua josie josé joyce joão
juan juanita judith juergen jules julia julian juliana julianne julie julien juliette julio jurgen justin justine jutta jérôme jörg jürg
jürgen kai kaitlyn kamal karen karim karin karina karl karla karolina kate katharina katherine kathleen kathrin kathryn kathy katie katja
katrin katy kayla keiko keith kelly kelsey kendra kenneth kenny kerry kerstin kevin khalid kim kimberly kirsten klaus kris krista kristen
kristin kristina kristy kurt kyle lara larissa larry lars lasse latoya laura lauren laurent lea leah leandro lena leo leonard leonardo
leonie leroy leslie leticia letícia liam lidia lilian liliana lina linda lionel lisa liz liza lois lola lorena lorenzo loretta lorraine
lothar louis louisa louise loïc luana luc luca lucas lucia luciana luciano lucie lucy lucía ludovic luis luise luiz lukas luke lutz luísa
lydia lynn maarten mabel maciej madeleine magali magda magdalena maike malcolm malik manfred manon manuel manuela mara marc marcel marcela
marcello marcelo marcia marcin marco marcos marcus margaret margarida margarita margot marguerite maria mariana marianne maribel marie
marieke marielle marijke marilyn marina mario marion marisa marisol marissa marjorie mark markus marlene marlies marta martha martijn martin
martina martine marvin mary maría mateus mathias mathieu mathilde matt matteo matthew matthias maud maureen maurice mauricio maurizio maxime
maya megan mehmet melanie melinda melissa melvin meredith micaela micah michael michaela michal michel michele michelle mick miguel mika
mike milena mindy miranda miriam mitch mitchell mohamed mohammed moira molly monica monika monique montserrat moritz muhammad muriel murray
myriam mélanie mónica nadia nadine nancy naomi natalia natalie natasha nate nathalie nathan nathaniel neil nelson nestor nicholas nick nico
nicolai nicolas nicole niels nigel nikki nikolas nils nina noah noelia nora norbert norma norman noémie nuno octavio olaf olga oliver olivia
olivier omar oriana oscar owen pablo paige pam pamela pascal pasquale patrice patricia patricio patrick patty paul paula paulina pauline
paulo pedro peggy penelope penny pete peter petra phil philip philippe phillip phoebe phyllis pierre pieter pilar piotr priya quentin quincy
rachel rafael rahul raimund rainer raj rajesh ralf ralph ramon ramona randall raphael raquel rashid raul ravi raymond rebecca regina reiner
reinhard renata renate renaud rene renee rené renée rhonda ricardo riccardo richard rick ricky rikke rita rob robbie robert roberta roberto
robyn rocio rocío rodney rodolfo rodrigo rogelio roger roland rolf romain ron ronald ronja ronnie rosalie rosanna rosie roxanne roy ruben
rubén rudi rudolf rui rupert russell ruth ryan régis sabine sabrina sally salma salvatore sam samantha sammy samuel sandeep sandra sandrine
sandro sanjay sara sarah sascha saskia saul scott sean sebastian selina serena serge sergey sergio severin shane shannon sharon shaun shauna
shawn sheena sheila shelby shelley shelly sheri shirley sibylle siegfried sigrid silke silvia silvio simon simone sina sjoerd sofia solange
sonia sonja sonya sophia sophie soren stacey stacy stan stefan stefanie steffen steffi stephan stephanie stephen steve steven stuart
stéphane stéphanie sunil susan susanne suzanne sven svenja sybille sylvain sylvia sylvie tamara tammy tania tanja tanya tara tatiana tatjana
ted terence teresa terri terry tessa thais thaís theo theodore theresa thiago thibault thierry thijs thomas thorsten thérèse tiago tiffany
timothy tina tino tobias todd tom tomas tommy tomás toni tony tracey tracy travis trevor tricia trish trisha trudy tyler ulla ulrich ulrike
ursula ute uwe valentina valeria valerie valérie vanessa verena veronica vicente vicki vicky victor viktor viktoria vincent vinicius
virginia virginie vivian viviana viviane vladimir volker walter waltraud wanda warren wayne wendy werner wesley whitney wilfried wilhelm
willem willy wim winfried wolfgang wouter xavier ximena yannick yasmin yolanda yusuf yves yvette yvonne zach zachary zack zoe zoé álvaro
élodie émilie`;

const known = wordSet(NAMES);

/** Knows a name in any case; a possessive is none. */
export function isGivenName(word: string): boolean {
  return known.has(word.toLowerCase());
}
