import type { Phrases } from './pack.ts';

export const french: Phrases = {
  lang: 'fr',
  functionWords: `
    le, la, les, un, une, des, de, du, et, à, en, est, que, qui, dans, pour, pas, ne, ce, il, elle, sur, se, au, aux, avec, par, plus, son, sa, ses, mais, on, nous, vous, ils, elles, je, tu, mon, ma, mes, votre, vos, leur, leurs, cette, ces, cet, ou, où, comme, tout, tous, toute, très, bien, sont, était, été, ont, ai, avez, suis, être, avoir, fait, faire, si, sans, même, aussi, donc, car, quand, depuis, après, encore, toujours, jamais, rien, merci, bonjour, chez, l', d', j', n', c', s', qu', m', t', trop, y, a, lui, moi, service, peu, puis, beaucoup, pourquoi, comment, quel, quelle`,
  negators: `ne, n', pas, jamais, aucun, aucune, sans, ni, rien, plus aucun, peu, guère, loin de, loin d'être, personne`,
  lateNegators: `pas, plus, jamais`,
  intensifiers: `très, trop, vraiment, tellement, si, super, extrêmement, totalement, complètement, absolument, particulièrement, hyper, ultra, toujours, franchement`,
  dampeners: `un peu, assez, plutôt, presque, parfois, légèrement`,
  contrast: `mais, alors que, tandis que, bien que, sauf, sauf que, hormis, à part, malgré, dommage que, dommage, sinon`,
  lateContrast: `cependant, toutefois, pourtant, néanmoins, par contre, en revanche, malheureusement`,
  turns: `si seulement, seul bémol, seul point négatif, seul problème, petit bémol, de plus, en plus`,
  wishes: `si seulement`,
  intents: {
    question: `comment, quand, combien, où, pourquoi, quel, quelle, quels, quelles, qui, est-ce que, est ce que, puis-je, puis je, pouvez-vous, pouvez vous, pourriez vous, peut on, est-il possible, est il possible, y a t il, avez vous, savez vous, quelqu'un sait, je voudrais savoir, j'aimerais savoir, des nouvelles`,
    suggestion: `devriez, devrait, devraient, vous devriez, il faudrait, ajoutez, ajouter une option, merci d'ajouter, ce serait bien, ce serait génial, serait bien, j'aimerais que, nous aimerions que, si seulement, je suggère, suggestion*, je propose, pourriez vous ajouter, pouvez vous ajouter, il manque, serait le bienvenu, serait la bienvenue, serait bienvenu, serait bienvenue`,
    purchase: `veux acheter, voudrais acheter, voudrions acheter, souhaite acheter, souhaitons acheter, envie d'acheter, intéressé par, intéressée par, intéressés par, suis intéressé*, sommes intéressés, combien coûte, quel est le prix, à quel prix, où acheter, où puis-je acheter, où puis je acheter, un devis, souhaite commander, veux commander, voudrais commander, voudrais réserver, renouveler notre, renouveler mon, souhaite renouveler, passer à la version, souscrire, prendre un abonnement, compte acheter, vais acheter`,
    churn: `résilier, résiliation, résilie, annuler mon abonnement, annuler notre abonnement, annuler mon contrat, me désabonner, désabonne*, je pars, je vous quitte, je change d'opérateur, changer d'opérateur, changer de fournisseur, changeons de fournisseur, je change de, passer à la concurrence, la concurrence, plus jamais, jamais plus, dernière fois que, fermer mon compte, clôturer mon compte, ne reviendrai, ne reviendrons, reviendrai pas, perdu un client, perdez un client, aller voir ailleurs, vais ailleurs, ne renouvellerai, ne renouvellerons, quitter`,
    complaint: `plainte*, plaindre, réclamation*, réclame, exige, inadmissible, inacceptable, c'est une honte, réparez, faites quelque chose, signaler`,
  },
  urgency: {
    3: `avocat*, justice, tribunal, porter plainte, porte plainte, police, fraude*, escroquerie, volé*, pirat*, fuite de données, données personnelles, rgpd, intoxication*, hôpital, blessé*, incendie, pris feu, feu, explosé*, brûlé*, dangereu*, urgence médicale, allergi*, débité deux fois, prélevé deux fois, prélèvement non autorisé, médicament*`,
    2: `urgent*, urgence, immédiatement, tout de suite, aujourd'hui, demain, au plus vite, le plus vite possible, dès que possible, bloqué à, coincé*, heures d'attente, troisième fois, deuxième fois, encore une fois, à chaque fois, depuis des heures, depuis des jours, depuis des semaines, toujours pas, dernière chance, ufc que choisir, dgccrf, association de consommateurs, responsable`,
    1: `aidez moi, besoin d'aide, pouvez vous m'aider, merci de me répondre, répondez, contactez moi, j'attends votre réponse, dans l'attente de votre, merci de m'indiquer, à l'aide`,
  },
  spam: `cliquez ici, gagnez de l'argent, gagner de l'argent, argent facile, vous avez gagné, félicitations vous, tirage au sort, casino, paris sportifs, offre limitée, achetez maintenant, prêt d'argent, prêt rapide, crédit rapide, abonnés gratuits, acheter des abonnés, bitcoin, investissement garanti, revenu passif, travaillez à domicile, lien dans la bio, lien en bio, lien dans ma bio, lien sur mon profil, en message privé, écrivez moi en privé, sans expérience, places limitées, retour de l'être aimé, médium, voyante, marabout, prêt entre particuliers, crédit entre particuliers, sans justificatif, votre compte sera suspendu, cliquez sur le lien, formulaire ci-dessous, carte vitale, colis en attente, frais de douane, répliques, contrefaçon*, crypto, trading, doublez votre, gagnez jusqu'à, revenus complémentaires, première page de google, référencement, posés gratuitement, aide de l'état, compte cpf, millions d'euros, veuve, héritage, bénéficiaire, don de`,
  ours: `nous sommes désolés, nous sommes navrés, désolés pour, désolé pour la gêne, toutes nos excuses, nous vous prions de nous excuser, veuillez nous excuser, envoyez nous un mp, envoyez-nous un, envoyez nous un message, contactez nous en, en message privé, en mp, en dm, par message privé, merci de nous contacter, merci de nous avoir contacté*, merci pour votre message, merci pour votre retour, nous restons à votre disposition, restons à votre disposition, notre équipe, afin de vous aider, pouvez vous nous communiquer, nous allons vérifier`,
  sarcasm: `merci pour rien, bravo pour le retard, merci pour le retard, merci pour l'attente, merci de m'avoir fait, quelle surprise, il ne manquait plus que ça, manquait plus que, on se demande, vive le service, bravo le service, beau travail pour`,
  mockPraise: `super, génial, formidable, parfait, bravo, merci, félicitations, magnifique, excellent, j'adore, chapeau, top`,
  pronouns: `il, elle, ils, elles, ça, cela, ce, c', celui-ci, les deux, lui`,
  bareLiking: `l'adore*, adorent ça, j'adore, ils adorent, ils l'adorent, elles adorent, on adore, nous adorons, l'aime, l'aiment, les adore, je le déteste, je la déteste, je recommande, je le recommande, je la recommande, je ne recommande pas, ne le recommande pas, je déconseille, très contente, très content, ravi*`,
  thanks:
    'merci, merci beaucoup, mille mercis, merci bien, grand merci, je vous remercie, nous vous remercions',
};
