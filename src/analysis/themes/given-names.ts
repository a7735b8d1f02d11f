/** Given names that are frequent where our six languages are spoken and are no words of theirs; they never name a theme. */
const NAMES = `aaron adam adriana alan alejandro alex alexander alexandra alice amanda amy ana andrea andreas andrew angela anna anne anthony
antonio ashley barbara beatriz ben benjamin bernd bob brandon brian bruno camila carla carlos carmen carol caroline catherine cesar charlotte
chris christian christina christine christopher claudia claire cristina cynthia daan daniel daniela david deborah denise dennis diana diego
dieter donna dorothy doug eduardo elena elizabeth emily emma eric erik eva felipe fernanda fernando florian francisco françois frank gabriel
gabriela gary george gerhard greg guilherme hannah hans heather heike helen henk hugo ingrid isabel isabelle jack jacob jacques jacqueline james
jan jason javier jean jeff jeffrey jennifer jens jeroen jessica jim joan joao joão joe johan johannes john jon jonas jonathan jorge josé joseph
joshua juan judith juergen julia julie julien jürgen justin karen karin katherine kathleen katrin keith kelly kenneth kevin kim kimberly klaus
laura lauren laurent leonardo linda lisa lucas luis luísa lukas maarten marc marco margaret maria maría marie mario mark markus marta martin mary
mateus matt matthew matthias megan melissa michael michel michelle miguel mike monika nancy natalie nathalie nicholas nick nicolas nicole olivia
oscar pablo pamela patricia patrick paul paula paulo pedro pete peter petra philip philippe pierre pieter rachel rafael ramon raquel raul rebecca
renata ricardo richard rob robert roberto rodrigo roger ron ronald ruth ryan sabine samantha samuel sandra sara sarah sascha scott sean sebastian
sergio sharon silvia simon sofia sophie stefan stefanie stephanie stephen steve steven susan susanne sven teresa thiago thomas tiago tim timothy
tobias tom tyler ursula uwe valentina vanessa veronica victor vincent virginia walter willem wolfgang yves zachary`;

const known: ReadonlySet<string> = new Set(NAMES.split(/\s+/u));

export function isGivenName(word: string): boolean {
  return known.has(word.toLowerCase().replace(/['’]s$/u, ''));
}
