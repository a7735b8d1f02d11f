// What the parts of a mail that nobody wrote as an opinion look like, in the languages we read. Every pattern is
// anchored at the start of a trimmed line of at most 160 characters (QUOTE_INTRO: two of them), so none can run long.

/** `On Tue, 3 Mar 2026, Ann wrote:`; may be broken over two lines. */
export const QUOTE_INTRO =
  /^(?:on|am|le|el|em|no dia|op|il|den) .{4,280}(?:wrote|schrieb|a écrit|escribió|escreveu|schreef|ha scritto|skrev).{0,60}:/iu;

/** Where a client starts its copy of the answered message without marking the lines. */
export const REPLY_BLOCK =
  /^(?:-{2,} ?(?:original message|ursprüngliche nachricht|originalnachricht|message d'origine|mensaje original|mensagem original|oorspronkelijk bericht) ?-{2,}|_{20,}$)/iu;

export const FORWARD =
  /^(?:-{2,} ?(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada|doorgestuurd bericht) ?-{2,}|begin forwarded message:?)$/iu;

export const HEADER_LINE =
  /^\*?(?:from|sent|to|cc|subject|date|reply-to|von|gesendet|an|betreff|datum|de|envoyé|à|objet|para|enviado|asunto|assunto|fecha|data|van|verzonden|aan|onderwerp)\*? ?:/iu;

/** The first line of the header that Outlook puts above an unmarked copy of the mail that is answered or passed on. */
export const SENDER_LINE = /^\*?(?:from|von|de|van)\*? ?:/iu;

export const FORWARD_SUBJECT = /^(?:subject: ?)?(?:fwd?|wg|tr|rv|enc|doorst) ?: /iu;

export const REPLY_SUBJECT = /^(?:subject: ?)?(?:re|aw|sv|antw|rif) ?: /iu;

export const GREETING =
  /^[ \t]*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern|sehr geehrte[rs]?|liebe[rs]?|guten (?:tag|morgen|abend)|hallo|moin|bonjour|bonsoir|cher|chère|chers|madame|monsieur|hola|estimad[oa]s?|querid[oa]s?|buenos días|buenas tardes|olá|oi|prezad[oa]s?|car[oa]s?|bom dia|boa tarde|beste|geachte|goedemorgen|goedemiddag|goedendag)(?![\p{L}])(?:(?:[ \t]+[^\s,.!?:;]{1,20}){0,5}[ \t]*(?:[,!:;]|\.(?=\s))|(?:[ \t]+[^\s,.!?:;]{1,20}){0,2}[ \t]*\r?\n)/iu;

export const CLOSING =
  /^(?:(?:with )?(?:best|kind|warm|kindest|warmest|many)? ?(?:regards|wishes)|best|all the best|(?:yours|sincerely|respectfully|cordially)(?: (?:sincerely|faithfully|truly|yours))?|cheers|thanks|thank you|many thanks|thanks (?:again|in advance)|thank you in advance|mit (?:freundlichen|besten|herzlichen) grüßen|mit freundlichem gruß|(?:viele|liebe|beste|schöne|freundliche) grüße|mfg|gruß|grüße|danke(?: im voraus)?|cordialement|bien cordialement|salutations|bien à vous|cdlt|merci(?: d'avance)?|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|un cordial saludo|gracias(?: de antemano)?|atenciosamente|cumprimentos|com os melhores cumprimentos|abraços?|obrigad[oa]|(?:met )?vriendelijke groet(?:en)?|mvg|groet(?:en|jes)?|hartelijke groet(?:en)?|alvast bedankt)[ ,.!]*$/iu;

export const DEVICE_FOOTER =
  /^(?:sent from (?:my|yahoo|mail|outlook|the)|sent via|get outlook for|get (?:the )?\S{1,20} app|von meinem \S{1,20} gesendet|gesendet (?:von|mit)|envoyé (?:de|depuis) mon|enviado (?:desde|do|de) (?:mi|meu|meo)|verzonden vanaf|verstuurd vanaf|download the app)/iu;

export const DISCLAIMER =
  /^(?:\*+ ?)?(?:confidentiality notice|disclaimer|legal notice|confidential(?:ity)?:|this (?:e-?mail|message|communication)(?: \S{1,20}){0,6} (?:confidential|intended|privileged|may contain)|this e-?mail and any (?:attachments|files)|the information (?:contained )?in this (?:e-?mail|message)|if you are not the intended recipient|diese e-?mail (?:enthält|und)|der inhalt dieser e-?mail|ce (?:message|courriel|mail)(?: \S{1,20}){0,6} (?:confidentiel|destiné)|este (?:mensaje|correo|e-?mail)(?: \S{1,20}){0,6} (?:confidencial|destina)|esta mensagem(?: \S{1,20}){0,6} confidencia|dit (?:bericht|e-?mail)(?: \S{1,20}){0,6} (?:vertrouwelijk|bestemd)|please consider the environment)/iu;

/** A line that is nothing but somebody's name: two to four words in capitals, with particles between (`Ana de la Vega`). */
export const NAME_LINE =
  /^\p{Lu}[\p{L}'’.-]{0,30}(?: (?:d[aeou]s?|del|la|le|van|von|der|den|ten|zu|y|e))*(?: \p{Lu}[\p{L}'’.-]{0,30}){1,3}$/u;

/** Who is turned to by title and name alone (`Mr Stroud,`). */
export const TITLED_GREETING =
  /^[ \t]*(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|señora?|sra?|sr|senhora?|m|mme|monsieur|madame|dhr|mevr|meneer|mevrouw)\.? \p{L}[\p{L}'’-]{1,30}(?: \p{L}[\p{L}'’-]{1,30})?[ \t]*[,:!]?[ \t]*(?:\r?\n)?$/iu;
