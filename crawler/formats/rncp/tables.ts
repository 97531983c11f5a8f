import { table } from '../../../schema/index.ts';
import { isFiller } from '../../../schema/parse/text.ts';
import { csvRows } from '../../decode/csv-rows.ts';
import { decodeText } from '../../decode/text.ts';
import type { XmlElement } from '../../decode/xml-element.ts';
import type { Page, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { createSeen } from '../../record/seen.ts';

/**
 * Columns of the CSV export → the elements of the flow that say the same, from FICHE inwards. A table is known by its columns; each
 * row of the others than `Standard` is a part of its entry. Partners, collective agreements,
 * predecessors and ways to the jury have no place.
 */
const COLUMNS = table({
  Numero_Fiche: 'NUMERO_FICHE',
  Intitule: 'INTITULE',
  Abrege_Libelle: 'ABREGE/CODE',
  Abrege_Intitule: 'ABREGE/LIBELLE',
  Nomenclature_Europe_Niveau: 'NOMENCLATURE_EUROPE/NIVEAU',
  Nomenclature_Europe_Intitule: 'NOMENCLATURE_EUROPE/INTITULE',
  Date_Decision: 'DATE_DECISION',
  Date_Fin_Enregistrement: 'DATE_FIN_ENREGISTREMENT',
  Date_Effet: 'DATE_EFFET',
  Type_Enregistrement: 'TYPE_ENREGISTREMENT',
  Validation_Partielle: 'VALIDATION_PARTIELLE',
  Accessible_Nouvelle_Caledonie: 'ACCESSIBLE_NOUVELLE_CALEDONIE',
  Accessible_Polynesie_Francaise: 'ACCESSIBLE_POLYNESIE_FRANCAISE',
  Date_dernier_jo: 'DATE_DERNIER_JO',
  Id_Fiche: 'ID_FICHE',
  Actif: 'ACTIF',
  Siret_Certificateur: 'CERTIFICATEURS/CERTIFICATEUR/SIRET_CERTIFICATEUR',
  Nom_Certificateur: 'CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR',
  Bloc_Competences_Code: 'BLOCS_COMPETENCES/BLOC_COMPETENCES/CODE',
  Bloc_Competences_Libelle: 'BLOCS_COMPETENCES/BLOC_COMPETENCES/LIBELLE',
  Nsf_Code: 'CODES_NSF/NSF/CODE',
  Nsf_Intitule: 'CODES_NSF/NSF/INTITULE',
  Codes_Rome_Code: 'CODES_ROME/ROME/CODE',
  Codes_Rome_Libelle: 'CODES_ROME/ROME/LIBELLE',
  Formacode_Code: 'FORMACODES/FORMACODE/CODE',
  Formacode_Libelle: 'FORMACODES/FORMACODE/LIBELLE',
  Nouvelle_Certification: 'NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION',
});

/** The tables of the export one after the other (as they come out of its ZIP), each with its header row. */
export async function* tables(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  let names: readonly string[] | undefined;
  const seen = createSeen();
  for await (const row of csvRows(decodeText(body, { charset: page.charset }))) {
    const path = `line ${row.line}`;
    if ('what' in row) {
      yield fault(null, path, 'csv-syntax', row.what, 'close the quotes of every cell', true);
      return;
    }
    const cells = row.cells.map((cell) =>
      cell
        .replace(/^\uFEFF/, '')
        .replaceAll('\u0000', '')
        .toWellFormed()
        .trim(),
    );
    if (!cells.some(Boolean)) continue;
    if (cells.includes('Numero_Fiche')) {
      names = cells;
      continue;
    }
    if (!names) break;
    const identifier = cells[names.indexOf('Numero_Fiche')] ?? '';
    if (isFiller(identifier)) {
      yield fault(null, path, 'missing-identifier', 'a row without Numero_Fiche');
      continue;
    }
    const main = names.includes('Intitule');
    const said = names.flatMap((name, n) =>
      COLUMNS.has(name) && cells[n] ? [[name, cells[n] as string] as const] : [],
    );
    if (!main && said.length < 2) continue;
    const part = main
      ? undefined
      : said.flatMap(([name, cell]) => (name === 'Numero_Fiche' ? [] : `${name} ${cell}`)).join('|');
    const key = `${identifier}\n${part ?? ''}`;
    if (seen.add(key).times === 1) {
      yield { identifier, ...(part ? { part: part.slice(0, 300) } : {}), path, raw: { FICHE: elementOf(said) } };
    } else if (main) yield fault(null, path, 'duplicate-identifier', identifier);
  }
  if (!names)
    yield fault(null, 'line 1', 'csv-no-header', 'no column Numero_Fiche', 'give the tables of the export whole', true);
}

/** The cells as the flow would say them; INACTIVE is Non, and quotes that were doubled twice are one. */
function elementOf(said: readonly (readonly [string, string])[]): XmlElement {
  const root: XmlElement = { name: 'FICHE', children: [] };
  for (const [name, cell] of said) {
    let at = root;
    for (const step of (COLUMNS.get(name) ?? name).split('/')) {
      let next = at.children?.find((child) => child.name === step);
      if (!next) {
        next = { name: step };
        at.children = [...(at.children ?? []), next];
      }
      at = next;
    }
    at.text =
      name === 'Actif'
        ? cell.replace(/^INACTIVE$/i, 'Non').replace(/^ACTIVE$/i, 'Oui')
        : cell
            .replaceAll("''", "'")
            .replace(/^(\d+[a-z]?) : /, (whole, code) => (said.some(([, other]) => other === code) ? '' : whole));
  }
  return root;
}
