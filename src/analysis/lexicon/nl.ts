import type { Phrases } from './pack.ts';

export const dutch: Phrases = {
  lang: 'nl',
  functionWords: `
    de, het, een, en, van, ik, te, dat, die, in, is, je, niet, zijn, op, aan, met, als, voor, had, er, maar, om, hem, dan, zou, of, wat, mijn, men, dit, zo, door, over, ze, zich, bij, ook, tot, mij, uit, der, daar, haar, naar, heb, hoe, heeft, hebben, deze, u, want, nog, zal, me, zij, nu, ge, geen, omdat, iets, worden, toch, al, waren, veel, meer, doen, toen, moet, ben, zonder, kan, hun, dus, alles, onder, ja, eens, hier, wie, werd, altijd, doch, wordt, wezen, kunnen, ons, zelf, tegen, na, reeds, wil, kon, niets, uw, iemand, geweest, andere, we, wij, jullie, waar, waarom, wanneer, bedankt, dank, heel, erg, goed, graag, weer, gewoon, gaat, krijg, mag, moeten, onze, jouw, was, mee, werkt, hebt, nooit`,
  negators: `niet, geen, nooit, niets, niks, niemand, zonder, nauwelijks, amper, noch, weinig, minder, geenszins, allesbehalve, verre van`,
  lateNegators: `niet, nooit, helemaal niet`,
  intensifiers: `heel, erg, zeer, zo, te, echt, super, enorm, ontzettend, extreem, totaal, volledig, absoluut, bijzonder, ongelooflijk, altijd, steeds, mega, veel`,
  dampeners: `een beetje, beetje, enigszins, soms, bijna, vrij, redelijk, ietwat`,
  contrast: `maar, hoewel, alhoewel, ondanks, terwijl, behalve, uitgezonderd, afgezien van, jammer dat, alleen jammer`,
  lateContrast: `echter, toch, daarentegen, helaas, anderzijds`,
  turns: `was het maar, enige minpunt, enige nadeel, het enige, bovendien, daarnaast`,
  wishes: `was het maar, ik wou dat, had ik maar`,
  intents: {
    question: `hoe kan, hoe lang, hoeveel, hoe, wanneer, waar, waarom, wat, welke, wie, kan ik, kunnen jullie, kunt u, kun je, zouden jullie, is het mogelijk, is er, zijn er, hebben jullie, heeft u, weet iemand, ik zou graag willen weten, graag hoor ik, ik vraag me af`,
    suggestion: `zouden moeten, zou moeten, jullie moeten, het zou fijn zijn, zou fijn zijn, zou mooi zijn, zou handig zijn, zou leuk zijn, graag een optie, voeg toe, toevoegen, kunnen jullie toevoegen, ik zou graag zien, zou graag zien, was het maar, ik stel voor, suggestie*, voorstel, tip, ik mis een, misschien een idee, jullie zouden`,
    purchase: `wil kopen, willen kopen, zou graag kopen, graag kopen, wil graag bestellen, wil bestellen, willen bestellen, graag bestellen, interesse in, geïnteresseerd in, wat kost, hoeveel kost, wat is de prijs, waar kan ik kopen, waar te koop, te koop, een offerte, offerte aanvragen, offerte voor, contract verlengen, willen verlengen, wil verlengen, upgraden naar, upgraden, wil boeken, abonnement nemen, ga kopen, van plan te kopen, extra licenties`,
    churn: `opzeg*, opgezegd, op te zeggen, zeg mijn, zeggen ons, abonnement stopzetten, stopzetten, contract beëindigen, account verwijderen, rekening sluiten, overstappen, stap over, stappen over, overgestapt, andere provider, andere aanbieder, naar de concurrent*, concurrent, concurrentie, nooit meer, laatste keer, klant kwijt, klant verloren, niet verlengen, verleng niet, kom niet meer terug, komen niet meer terug, ga naar een ander*, annuleer mijn`,
    complaint: `klacht*, klagen, eis, onacceptabel, schandalig, los het op, doe er wat aan, belachelijk, dit kan niet`,
  },
  urgency: {
    3: `advocaat, advocaten, juridische stappen, rechtbank, rechter, aangifte, aanklagen, politie, fraude*, oplicht*, gestolen, gehackt, datalek, privacy, avg, persoonsgegevens, voedselvergiftiging, vergiftig*, ziekenhuis, gewond*, brand, vlam, rook uit, komt rook, rookontwikkeling, ontploft, explod*, verbrand, gevaarlijk*, noodgeval*, allergi*, dubbel afgeschreven, twee keer afgeschreven, onterecht afgeschreven, medicijn*`,
    2: `dringend*, spoed*, onmiddellijk, meteen, direct, vandaag, vanavond, morgen, zo snel mogelijk, gestrand, sta vast, uren gewacht, derde keer, tweede keer, alweer, al weer, elke keer, steeds weer, al dagen, al weken, al uren, al maanden, nog steeds niet, nog steeds geen, laatste kans, deadline, consumentenbond, geschillencommissie, kassa, leidinggevende`,
    1: `help, help me, kunt u mij helpen, kunnen jullie helpen, kunnen jullie mij helpen, hulp nodig, graag antwoord, graag reactie, graag een reactie, reageer, neem contact op, laat het weten, ik hoor graag, wacht op antwoord`,
  },
  spam: `klik hier, geld verdienen, snel geld, je hebt gewonnen, u heeft gewonnen, prijsvraag, casino, gokken, tijdelijke aanbieding, koop nu, snelle lening, geld lenen, gratis volgers, volgers kopen, bitcoin, gegarandeerd rendement, passief inkomen, werk vanuit huis, link in bio, link in mijn profiel, link in reactie, link onder, stuur me een appje, stuur ja, app me, via telegram, mijn telegram, thuiswerk, thuis werken, per week verdienen, zonder bkr, uw betaalpas, uw bankpas, betaalpas verloopt, uw rekening wordt, verzendkosten betalen, waardebon van, deel dit bericht, alleen vandaag, alleen deze week, eerste plaats in google, eerste pagina van google, meer klanten voor uw website, crypto, trading, miljoen euro, erfenis, begunstigde, helderziende, replica*, nieuw nummer, dit is mijn nieuwe nummer, telefoon kapot, sugarbaby, sugar baby`,
  ours: `het spijt ons, wat vervelend om te horen, wat vervelend, excuses voor het ongemak, onze excuses, excuses voor, stuur ons een, stuur ons even, stuur je ons, via dm, via pb, een dm, een privébericht, bedankt voor je bericht, bedankt voor uw bericht, dank voor je bericht, dank voor uw bericht, bedankt voor je feedback, bedankt voor uw feedback, we helpen je graag, wij helpen u graag, helpen je graag, helpen u graag, ons team, dan kijken we, dan kijk ik, kijken we met je mee, kijk ik met je mee, we kijken graag`,
  sarcasm: `bedankt voor niets, bedankt voor niks, bedankt voor de vertraging, lekker dan, fijn dan, mooi is dat, goed bezig, gefeliciteerd met, wat een verrassing, dat kan er ook nog wel bij, moet niet gekker worden`,
  mockPraise: `geweldig, fijn, leuk, super, prima, fantastisch, heerlijk, bedankt, mooi, goed gedaan, hulde, top, chapeau, lekker`,
  pronouns: `het, hij, zij, ze, dit, dat, deze, die, beide, hem, hen`,
  bareLiking: `houden ervan, hou ervan, vind het geweldig, vinden het geweldig, vinden het fantastisch, vind het fantastisch, vind het leuk, vinden het leuk, vind het top, zijn er blij mee, ben er blij mee, erg blij mee, blij mee, tevreden mee, haat het, raad het aan, raad ik aan, aanrader, afrader, niet aan te raden, bevalt goed, bevalt prima`,
  thanks:
    'bedankt, dank je, dank u, dankjewel, dank je wel, dank u wel, hartelijk dank, heel erg bedankt, dankuwel, merci',
};
