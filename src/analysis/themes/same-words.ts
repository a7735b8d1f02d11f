/**
 * Words that people use for one another when they speak of what they bought and how they were treated; a line a meaning. The first
 * word stands for all. Each is listed in the form that is looked up: lower case, before its ending is cut.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  en: `bag bags luggage baggage suitcase suitcases
lost lose loses losing missing misplaced vanished disappeared disappear disappears
late delay delays delayed delaying overdue behind
cancel cancels cancelled canceled cancelling cancellation cancellations
hold holding on-hold queue line
wait waits waiting waited
crash crashes crashed crashing freeze freezes froze frozen freezing hang hangs hung
slow slower slowly sluggish laggy lag lags lagging crawl crawls takes-forever takes-ages
login log-in logging-in logged-out sign-in signin signing-in sign-on
password passwords passcode
refund refunds refunded refunding reimburse reimbursed reimbursement money-back
expensive pricey overpriced costly steep exorbitant too-much rip-off ripoff
cheap cheaper affordable inexpensive bargain
charged charge charges charging billed bill bills billing invoice invoices invoiced
twice double doubled duplicate duplicated two-times
fee fees surcharge surcharges
rude impolite disrespectful unfriendly discourteous nasty snippy
friendly kind polite courteous welcoming pleasant
helpful supportive
reply replies replied respond responds responded response responses answer answers answered answering get-back got-back gets-back heard-back hear-back write-back
callback call-back called-back calls-back calling-back return-call returned-call
call calls called calling phone phones phoned phoning rang ring
promise promises promised promising guaranteed assured swore
deliver delivers delivered delivery deliveries shipping ship shipped shipment arrive arrives arrived arrival
parcel package packages parcels box
broken broke breaks damaged damage defective smashed faulty cracked
staff agent agents rep reps representative representatives employee employees crew
update updates updated upgrade upgraded release version
pushy aggressive pressure pressured pressuring hard-sell
demo demos demonstration walkthrough
discount discounts discounted coupon coupons promo voucher vouchers
contract contracts agreement
renewal renew renewed renews renewing
increase increased increases increasing raise raised hike hiked hikes rise rises rose risen went-up goes-up jumped put-up
price prices pricing cost costs
website site webpage
app apps application
screen screens display
photo photos picture pictures image images
export exports exported exporting
import imports imported importing
sync syncs synced syncing synchronise synchronize
notification notifications alert alerts
search searching find finding
easy easier intuitive simple straightforward effortless
confusing confused complicated unclear convoluted difficult hard
battery batteries
drain drains drained draining dies died dead
quick quickly fast faster speedy swift prompt promptly rapid
fix fixed fixes fixing solve solved resolve resolved sort sorted sorted-out
worth value value-for-money bang-for
hidden undisclosed surprise unexpected
transfer transferred transfers transferring passed-around bounced handed-over
ignore ignored ignores ignoring
ticket tickets
seat seats
doc docs documentation manual
report reports reporting
salesman salesperson salespeople seller sales-rep sales-reps sales-guy account-manager`,
  es: `maleta maletas equipaje
perder perdido perdida perdieron pierde extraviado extraviada desaparecido
tarde retraso retrasos retrasado demora demoras
caro cara caros caras carísimo carísima costoso
lento lenta lentos lentísimo lentísima
contestar contestan contesta responden responde respuesta respondió
esperar esperando espera
reembolso devolución dinero-de-vuelta devolver devuelven devuelto
cobrar cobraron cobrado cobran cargo cargaron
dos-veces doble
maleducado maleducada grosero grosera borde bordes groseros maleducados
cuelga cuelga bloquea bloqueado cierra
rápido rápida rapidez rápidamente
envío entrega pedido paquete
subir subido subida subieron aumento aumentado`,
  fr: `bagage bagages valise valises
perdre perdu perdue perdus perdues égaré égarée
retard retards retardé tard
cher chère chers chères coûteux hors-de-prix
lent lente lents lenteur rame
répondre répond répondent réponse réponses
attendre attente attends attendu
rembourser remboursement remboursé remboursée
facturer facturé débité prélevé prélèvement
deux-fois double
impoli impolie désagréable désagréables malpoli grossier
planter plante plantage bloque bloqué bugue
rapide rapides rapidement vite
livraison livré livrée colis
hausse augmenté augmentation augmente`,
  de: `koffer gepäck
verloren verlieren weg verschwunden
spät verspätung verspätet verzögerung
teuer teure überteuert
langsam lahm träge ewig
antwort antworten antwortet geantwortet rückmeldung
warten wartezeit warteschleife gewartet warte
erstattung erstattet rückerstattung geld-zurück
abgebucht berechnet belastet abbuchung
doppelt zweimal
unfreundlich unhöflich frech
abstürzen stürzt abgestürzt absturz absturz hängt
schnell schnelle schneller flott
lieferung geliefert paket versand
erhöht erhöhung gestiegen preiserhöhung`,
  pt: `mala malas bagagem
perder perdida perdido perderam extraviada extraviado sumiu
atraso atrasado atrasada demora demorou
caro cara caros caríssimo
lento lenta lentidão
responder responde respondem resposta
esperar espera esperando
reembolso estorno devolução
cobrar cobraram cobrado cobrança
duas-vezes dobro duplicado
grosseiro grossa mal-educado mal-educada rude
trava travando travou fecha
rápido rápida rapidez
entrega encomenda pacote
aumento aumentou aumentaram subiu`,
  nl: `koffer koffers bagage
kwijt verloren zoek
vertraging vertraagd laat
duur dure prijzig peperduur
traag langzaam sloom
antwoord antwoorden reageert reactie reageren gereageerd
wachten wachttijd wachtrij gewacht
terugbetaling terugbetaald geld-terug
afgeschreven berekend afschrijving
dubbel twee-keer
onbeleefd onvriendelijk bot
crasht vastloopt vast-loopt loopt-vast
snel snelle vlot
levering geleverd pakket bezorgd
verhoogd verhoging gestegen`,
};

/** Word or phrase (its words joined by `-`) to the word that stands for its meaning. */
export function sameWordsOf(lang: string): ReadonlyMap<string, string> {
  const lines = (MEANINGS[lang] ?? MEANINGS.en ?? '').split('\n').map((line) => line.split(' '));
  return new Map(lines.flatMap(([first = '', ...rest]) => [first, ...rest].map((word) => [word, first])));
}
