import type { Phrases } from './pack.ts';

export const portuguese: Phrases = {
  lang: 'pt',
  functionWords: `
    o, a, os, as, um, uma, uns, umas, de, do, da, dos, das, que, e, é, em, no, na, nos, nas, para, por, com, não, se, mais, mas, como, ao, aos, à, às, ou, ser, quando, muito, muita, já, está, estão, eu, também, só, pelo, pela, até, isso, ela, ele, entre, era, depois, sem, mesmo, ter, seus, quem, me, esse, essa, eles, estão, você, vocês, tinha, foram, minha, meu, meus, minhas, têm, numa, num, qual, lhe, este, esta, foi, são, sou, tem, tenho, há, bem, obrigado, obrigada, olá, porque, onde, nunca, nada, tudo, ainda, agora, aqui, fazer, faz, pra, tá, vou, estou, ótimo, muito bom, seu, sua, nossa, nosso, isto, gostei, preço, serviço, atendimento`,
  negators: `não, nao, nunca, jamais, nem, sem, nada, nenhum, nenhuma, pouco, tampouco, ninguém, longe de`,
  lateNegators: '',
  intensifiers: `muito, muita, demais, super, totalmente, completamente, absolutamente, tão, realmente, extremamente, bastante, sempre, bem`,
  dampeners: `um pouco, quase, às vezes, meio, ligeiramente`,
  contrast: `mas, embora, apesar de, apesar disso, enquanto, exceto, salvo, só que, pena que`,
  lateContrast: `porém, contudo, todavia, entretanto, no entanto, por outro lado, infelizmente`,
  turns: `tomara, quem dera, o único problema, único ponto negativo, única coisa, além disso, também`,
  wishes: `tomara, quem dera`,
  intents: {
    question: `como posso, como faço, como, quando, quanto, quanta, onde, qual, quais, quem, por que, por quê, posso, podem, poderiam, pode, vocês podem, vocês têm, é possível, tem como, alguém sabe, alguma novidade, gostaria de saber, queria saber`,
    suggestion: `deveriam, deveria, poderiam adicionar, poderiam incluir, podiam adicionar, adicionem, incluam, por favor adicionem, seria bom, seria ótimo, seria legal, seria interessante, gostaria que, gostaríamos que, tomara que, sugiro, sugestão, sugestões, proponho, falta uma opção, quem dera`,
    purchase: `quero comprar, queria comprar, gostaria de comprar, gostaríamos de comprar, interessado em, interessada em, interessados em, tenho interesse, temos interesse, estou interessad*, estamos interessad*, quanto custa, quanto é, qual o preço, qual o valor, onde posso comprar, onde comprar, quero contratar, quero renovar, queremos renovar, gostaria de renovar, renovar o contrato, quero encomendar, quero reservar, solicitar um orçamento, pedir um orçamento, um orçamento para, quero assinar, vou comprar, pretendo comprar, fazer upgrade, queremos pedir, quero pedir, gostaríamos de pedir, queremos encomendar, quero encomendar`,
    churn: `cancelar minha, cancelar meu, cancelar a assinatura, cancelar o contrato, cancelar a minha, cancelar o meu, quero cancelar, vou cancelar, queremos cancelar, cancelamento, encerrar minha conta, encerrar a conta, fechar minha conta, mudar de operadora, trocar de operadora, mudar para, trocar de banco, mudar de fornecedor, vou para a concorrência, concorrência, concorrente*, nunca mais, não volto, não voltarei, não voltaremos, última vez que, deixar de ser cliente, perderam um cliente, perdeu um cliente, não vou renovar, não vamos renovar, rescindir`,
    complaint: `reclamação, reclamações, reclamar, exijo, exigimos, inaceitável, absurdo, reclame aqui, procon, resolvam, deem um jeito, queixa*`,
  },
  urgency: {
    3: `advogad*, processar, processo judicial, justiça, tribunal, polícia, fraude*, golpe*, roubad*, roubaram, hacke*, vazamento*, dados pessoais, lgpd, intoxica*, hospital, ferid*, machuc*, incêndio, pegou fogo, fogo, explodiu, queimad*, queimou, perigos*, emergência*, alergia*, alérgic*, cobrado duas vezes, cobraram duas vezes, cobrança indevida, cobrança duplicada, remédio*, medicament*`,
    2: `urgente*, urgência, imediatamente, agora mesmo, hoje, amanhã, o mais rápido possível, quanto antes, pres* no aeroporto, horas esperando, terceira vez, segunda vez, de novo, toda vez, sempre que, há dias, há semanas, há horas, há meses, ainda não, última chance, procon, reclame aqui, supervisor`,
    1: `ajuda, me ajudem, podem me ajudar, preciso de ajuda, por favor respondam, respondam, aguardo retorno, aguardo resposta, fico no aguardo, no aguardo, resolvam`,
  },
  spam: `clique aqui, clique no link, ganhe dinheiro, ganhar dinheiro, dinheiro fácil, você ganhou, foi selecionado, sorteio, cassino, apostas, oferta limitada, compre já, compre agora, empréstimo*, empréstimo rápido, seguidores grátis, comprar seguidores, bitcoin, investimento garantido, renda extra, trabalhe em casa, chama no whatsapp, link na bio, link no perfil, link do meu perfil, link na descrição, chama no zap, me chama no, no privado, no direct, vagas limitadas, vagas acabando, últimas vagas, negativado, sem consulta, cadastre seu, cadastre o seu, seu cpf, pix adiantado, repasse para, repasse pra, compartilhe com, resgate, cesta básica, réplica*, curtindo fotos, avaliando produtos, trabalho de casa, tarot, amarração, vidente, milhões de dólares, herança, beneficiário, cripto, sinais vip, grupo vip, primeira página do google, mude de número, troquei de número, novo número, taxa de liberação`,
  ours: `lamentamos o ocorrido, lamentamos o transtorno, lamentamos muito, sentimos muito, pedimos desculpas, pedimos desculpa, desculpe pelo transtorno, desculpe o transtorno, desculpas pelo, nos envie uma dm, envie uma dm, envie nos uma, nos mande uma, mande uma dm, nos chame na dm, chama a gente, por mensagem direta, por mensagem privada, via dm, obrigado por entrar em contato, obrigado pelo contato, agradecemos o contato, agradecemos o seu, estamos à disposição, ficamos à disposição, nossa equipe, nossa equipa, para que possamos ajudar, vamos verificar`,
  sarcasm: `obrigado por nada, obrigada por nada, parabéns pelo atraso, parabéns pela incompetência, parabéns pelo péssimo, obrigado pelo atraso, que surpresa, era só o que faltava, só faltava essa, belo serviço, bonito serviço`,
  mockPraise: `ótimo, que ótimo, maravilha, que maravilha, legal, perfeito, excelente, obrigado, obrigada, parabéns, que beleza, adorei, show`,
  pronouns: `ele, ela, eles, elas, isso, isto, esse, essa, este, esta, ambos, o mesmo`,
  bareLiking: `adoram, amam, adoro, amo, amei, adorei, adoramos, amamos, eles adoram, eles amam, gostei, gostei muito, gostamos, odiei, odeio, detestei, recomendo, super recomendo, não recomendo, não comprem, vale a pena, valeu a pena`,
  thanks: 'obrigad*, muito obrigad*, valeu, brigad*, agradeço, agradecemos, muito grat*',
};
