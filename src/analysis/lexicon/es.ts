import type { Phrases } from './pack.ts';

export const spanish: Phrases = {
  lang: 'es',
  functionWords: `
    el, la, los, las, un, una, unos, unas, de, del, que, y, a, en, es, dos, tres, cada, por, con, para, no, se, lo, al, como, más, pero, sus, le, ya, o, este, esta, sí, porque, cuando, muy, sin, sobre, también, me, hasta, hay, donde, quien, desde, todo, nos, durante, todos, uno, les, ni, ese, eso, ante, ellos, esto, mí, antes, algunos, qué, yo, otro, otras, otra, él, tanto, esa, estos, mucho, nada, muchos, poco, ella, estar, estas, mi, tu, te, son, está, están, fue, era, ha, han, he, gracias, hola, usted, ustedes, siempre, nunca, hace, bien, servicio, cómo, cuánto, puedo, quiero, necesito, además, sólo, solo, su, tengo, tiene, hacer`,
  negators: `no, nunca, jamás, ni, sin, tampoco, nada, ningún, ninguna, ninguno, apenas, poco, deja de, dejó de, nadie, lejos de`,
  lateNegators: '',
  intensifiers: `muy, mucho, mucha, demasiado, súper, super, totalmente, completamente, absolutamente, tan, realmente, sumamente, bastante, increíblemente, siempre, extremadamente`,
  dampeners: `un poco, algo, casi, a veces, ligeramente`,
  contrast: `pero, aunque, mientras que, salvo, excepto, a pesar de, ahora bien, sino, lástima que`,
  lateContrast: `sin embargo, no obstante, en cambio, por otro lado, por otra parte, eso sí`,
  turns: `ojalá, lo único malo, lo único, la única pega, además, también`,
  wishes: `ojalá`,
  intents: {
    question: `cómo puedo, cómo se, cómo hago, cómo, cuándo, cuánto, cuánta, cuántos, dónde, qué, por qué, cuál, quién, puedo, pueden, podrían, podéis, podría, puede, es posible, hay, tienen, tenéis, alguien sabe, alguna novedad, me gustaría saber, quisiera saber, quería saber`,
    suggestion: `deberían, deberíais, debería, podrían añadir, podrían agregar, por favor añadan, añadan, agreguen, estaría bien, sería bueno, sería genial, estaría genial, me gustaría que, nos gustaría que, ojalá, sugiero, sugerencia*, propongo, falta una opción, hace falta, convendría`,
    purchase: `quiero comprar, quisiera comprar, me gustaría comprar, nos gustaría comprar, interesado en, interesada en, interesados en, estoy interesad*, estamos interesad*, cuánto cuesta, cuánto vale, qué precio tiene, dónde puedo comprar, dónde comprar, quiero contratar, quiero renovar, queremos renovar, renovar el contrato, quiero pedir, quiero reservar, solicitar un presupuesto, pedir presupuesto, quiero actualizar, ampliar el plan, pienso comprar, voy a comprar`,
    churn: `cancelar mi, cancelar la suscripción, cancelar el contrato, quiero cancelar, voy a cancelar, queremos cancelar, darme de baja, dar de baja, darnos de baja, me doy de baja, me voy a, cambiarme a, cambiar de compañía, cambio de compañía, me cambio a, nos cambiamos a, nunca más, no volveré, no volveremos, no vuelvo, última vez que, dejar de usar, cerrar mi cuenta, pasarme a, la competencia, pierden un cliente, no vuelvo a comprar, no voy a renovar, no renovar*, rescindir`,
    complaint: `queja*, quejar*, reclamación, reclamar, exijo, exigimos, inaceptable, solución ya, arreglen, hoja de reclamaciones, denuncia*`,
  },
  urgency: {
    3: `abogad*, demanda*, denuncia*, denunciar, tribunal*, policía, fraude*, estafa*, robado, robaron, hacke*, filtración, datos personales, intoxic*, hospital, herid*, incendio, fuego, explot*, quemad*, peligros*, emergencia*, alergia, alérgic*, cobraron dos veces, cargo duplicado, cobro indebido, cargo no autorizado, medicament*`,
    2: `urgente*, urgencia, inmediatamente, de inmediato, ahora mismo, hoy, hoy mismo, mañana, cuanto antes, lo antes posible, tirad*, varad*, horas esperando, tercera vez, segunda vez, otra vez, cada vez, llevo días, llevo semanas, llevo horas, sigo esperando, última oportunidad, defensa del consumidor, consumo, supervisor`,
    1: `ayuda, ayúdenme, pueden ayudarme, me pueden ayudar, necesito ayuda, por favor respondan, contesten, me responden, solucionen, espero respuesta, quedo a la espera`,
  },
  spam: `haz clic aquí, haga clic aquí, gana dinero, ganar dinero, dinero fácil, has ganado, ha sido seleccionado, premio, sorteo, casino, apuestas, oferta limitada, compra ya, préstamo*, préstamos rápidos, seguidores gratis, comprar seguidores, bitcoin, inversión garantizada, whatsapp, ingresos pasivos, trabaja desde casa, link en mi perfil, enlace en mi perfil, link en la bio, por interno, escríbeme al privado, escríbanme al privado, al privado, info por privado, pedidos por whatsapp, mi whatsapp, escríbeme al whatsapp, cupos limitados, últimas plazas, pago por adelantado, devuelvo tu dinero, réplicas, por mayor y menor, envíos a todo el país, amarre*, tarot, vidente, ritual de, tarjeta regalo de, completa la encuesta, comparte con, envíe su dni, foto de su dni, millones de dólares, herencia, beneficiario, señal de trading, criptomonedas, duplica tu, sin buró, gana hasta, ganar hasta, primera página de google, posicionamiento web`,
  ours: `lamentamos lo sucedido, lamentamos los inconvenientes, lamentamos mucho, sentimos mucho, sentimos las molestias, disculpe las molestias, disculpa las molestias, disculpas por, le pedimos disculpas, te pedimos disculpas, envíanos un dm, envíanos un mensaje, escríbenos por, por mensaje directo, por favor envíanos, por mensaje privado, gracias por contactar*, gracias por escribir*, estamos para ayudar*, con gusto te, con gusto le, nuestro equipo, para poder ayudarte, quedamos a tu disposición, quedamos a su disposición`,
  sarcasm: `gracias por nada, muchas gracias por nada, gracias por perder, gracias por arruinar, gracias por el retraso, qué sorpresa, lo que me faltaba, lo que faltaba, vaya servicio, menudo servicio, bravo por`,
  mockPraise: `genial, estupendo, fantástico, perfecto, maravilloso, gracias, bravo, enhorabuena, felicidades, qué bien, excelente, me encanta`,
  pronouns: `esto, eso, esta, este, ellos, ellas, él, ella, lo, la, les, ambos`,
  bareLiking: `les encanta, me encanta, nos encanta, le encanta, lo adoro, la adoro, lo amo, me gusta mucho, nos gusta mucho, me gusta, les gusta, nos gusta, lo odio, la odio, lo recomiendo, la recomiendo, los recomiendo, no lo recomiendo, no lo compren, estoy encantad*, estamos encantad*`,
  thanks:
    'gracias, muchas gracias, mil gracias, muchísimas gracias, muy agradecid*, se agradece, os lo agradezco, le agradezco, les agradezco',
};
