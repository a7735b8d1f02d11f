import type { NewPerson } from '../../src/domain/ports/identity-store.ts';

/** Who works at Fernhill. The first of each role is who one click signs in as. */
export const SAMPLE_PEOPLE: readonly NewPerson[] = [
  { email: 'ines.okafor@fernhill.example', name: 'Ines Okafor', role: 'executive', departments: [] },
  {
    email: 'nadia.brandt@fernhill.example',
    name: 'Nadia Brandt',
    role: 'lead',
    departments: ['sales', 'finance'],
  },
  { email: 'tom.whitlock@fernhill.example', name: 'Tom Whitlock', role: 'admin', departments: [] },
  { email: 'priya.raman@fernhill.example', name: 'Priya Raman', role: 'lead', departments: ['product'] },
  { email: 'owen.castell@fernhill.example', name: 'Owen Castell', role: 'lead', departments: ['service'] },
  { email: 'marisol.vega@fernhill.example', name: 'Marisol Vega', role: 'agent', departments: ['service'] },
  { email: 'gavin.stroud@fernhill.example', name: 'Gavin Stroud', role: 'agent', departments: ['sales'] },
  { email: 'lena.fischer@fernhill.example', name: 'Lena Fischer', role: 'agent', departments: ['finance'] },
  { email: 'hugo.lind@fernhill.example', name: 'Hugo Lind', role: 'agent', departments: ['product'] },
];
