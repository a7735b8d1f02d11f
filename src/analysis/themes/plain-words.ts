/** Words that tell nothing of what an opinion is about: function words, bare judgement, talk. A row of them a language. */
const ROWS: Readonly<Record<string, string>> = {
  en: `a about above after again all almost also am an and another any anyone anything are around as at away back be because been before
being below between both but by came can come could did do does doing done down due during each either else even ever every everyone
everything few for from get gets getting give given go goes going gone gonna got had half has have having he her here hers him his how however i
if im in into is it its ive just keep keeps kept know last least less let like lol look made make makes making many may maybe me mean might mine
more most much must my need needs next now of off ok okay on once one only or other our ours out over own per please plz put quite rather really
right said same say says see seem seems she should since so some someone something soon still such sure take taken than that thats the their them
then there these they theyre thing things think this those though thought thru through til till time times to today together told tomorrow tonight
too took tried try trying two u under until up ur us use used using very via want wanted wants was way we week weeks well went were what when where
whether which while who whole why will with within without work works working would yeah year years yes yesterday yet you your youre yours
absolutely actually amazing annoying appalling awesome awful bad best better bloody brilliant crap cool damn dear definitely disappointed
disappointing disappointment disgusting dreadful excellent experience fabulous fail failed failing fantastic fine frustrated frustrating fun
fucking good great happy hate hated haha hell hey hi hello honestly horrendous horrible incredible issue issues job joke kinda kudos literally lot
lots love loved lovely loves mad man nice omg outstanding perfect please poor poorly pathetic problem problems ridiculous sad seriously shame shit
simply sorry stuff suck sucks super superb terrible thank thanks thx thankyou totally truly ugh unacceptable unbelievable unhappy upset useless
utterly wonderful worse worst wow wtf bit folks guy guys people person sir ago company customer customers day days end help hour hours later long
hr hrs appreciate appreciated instead thx thnx ty dm amp pls min mins minute minutes month months night product products service services seconds morning tonight afternoon`,
  es: `a al algo algunas algunos ante antes aqui aquí asi así aun aún aunque bien cada casi como cómo con contra cual cuando cuándo da dan de del
desde donde dos e el él ella ellas ellos en entre era es esa ese eso esas esos esta está estaba estamos están estar estas este esto estos estoy fue
fueron ha había hace hacen hacer han hasta hay he hoy la las le les lo los luego más mas me mi mí mis mucha muchas mucho muchos muy nada nadie
ni nos nosotros nuestra nuestro o os otra otro para pero poco por porque pues que qué quien se sea según ser si sí sido siempre sin sobre sois solo
sólo son soy su sus también tan tanto te tener tengo tiene tienen toda todas todo todos tras tu tus un una unas uno unos usted va vez ya yo
buena bueno buenos encanta excelente fatal genial gracias gran horrible increíble lamentable mal mala malo mejor pena peor pésima pésimo problema
problemas terrible vergüenza`,
  fr: `a à ai ainsi alors après au aucun aussi autre aux avant avec avez avoir avons bien c ça car ce ceci cela ces cet cette chaque chez comme
comment d dans de depuis des deux donc du elle elles en encore entre est et été être eu fait faire faut il ils j je jusqu l la le les leur leurs lors
lui m ma mais me même mes mois moi mon n ni nos notre nous on ont ou où par parce pas peu peut plus pour pourquoi qu quand que quel quelle qui quoi s
sa sans se ses si son sont sous suis sur t ta tellement tes toi ton toujours tous tout toute toutes très trop tu un une va vais vers voir vos votre
vous y bon bonne bons excellent génial horrible honte merci mauvais mauvaise meilleur nul nulle parfait pire problème problèmes super vraiment`,
  de: `aber alle allem allen alles als also am an auch auf aus bei beim bin bis bisher bist da dabei damit dann das dass dein dem den denn der des
dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einfach er es etwas euch euer eure für ganz
gar geht gibt hab habe haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren im immer in ins ist ja jede jeden jeder jetzt kann man mal
mehr mein meine meinem meinen meiner mich mir mit muss nach noch nun nur ob oder ohne schon sehr sein seine seit selbst sich sie sind so über um und
uns unser unsere unter vom von vor war waren warum was wegen weil wenn wer werde werden wie wieder will wir wird wirklich wo wurde wurden zu zum zur
danke furchtbar gut gute guten guter klasse mies perfekt problem probleme schlecht schlechte schlechten schlechter schrecklich super toll`,
  pt: `a à ainda ao aos aqui até as às bem cada com como da das de dela dele depois desde do dos e é ela elas ele eles em então entre era essa
esse esta está estão estava este estou eu fazer faz foi foram há isso isto já la lhe mais mas me mesmo meu meus minha minhas muita muito muitos na nada
nas nem no nos nós nossa nosso num numa o os ou para pela pelas pelo pelos por porque pra quando que quem se sem sempre ser seu seus só sobre são sua
suas também te tem têm ter tenho todo todos toda tudo um uma vai você vocês vez boa bom excelente horrível melhor obrigado obrigada ótimo ótima
péssima péssimo pior problema problemas ruim vergonha`,
  nl: `aan al alle alles als altijd andere ben bij daar dan dat de deze die dit doen door dus een en er even ga gaan geen had hadden heb hebben heeft
heel hem het hier hij hoe hun ik in is ja je jij jullie kan kon kunnen maar me meer men met mij mijn moet na naar nog nu of om omdat ons onze ook op
over per pas sinds te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd weer wie wij wil worden wordt zal ze zeer zelf zich
zij zijn zo zonder zou bedankt goed goede heerlijk perfect prima probleem problemen slecht slechte slechter top verschrikkelijk waardeloos`,
};

/** Marks of a language's own "not"; they turn a statement round, so they stay. */
const NEGATORS = `no not never cannot cant dont doesnt didnt wont isnt wasnt arent nobody nothing none nunca ningún ninguna jamás jamais rien aucune
nicht nie niemals kein keine keinen niemand não nunca nenhum niet nooit geen niemand`;

const split = (row: string): string[] => row.split(/\s+/u);

export interface PlainWords {
  isPlain(word: string): boolean;
  isNegator(word: string): boolean;
}

/** The plain words of a language; of a text whose language cannot be told, those of English. */
export function plainWordsOf(lang: string): PlainWords {
  const plain = new Set(split(ROWS[lang] ?? ROWS.en ?? ''));
  const negators = new Set(split(NEGATORS));
  return {
    isPlain: (word) => plain.has(word) && !negators.has(word),
    isNegator: (word) => negators.has(word),
  };
}
