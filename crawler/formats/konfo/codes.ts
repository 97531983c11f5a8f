import { table } from '../../../schema/index.ts';
import type { Spot } from '../../record/spot.ts';

/** The number of a code of a code set: `opetuspaikkakk_3#1` is 3 of `opetuspaikkakk`; the version behind `#` says nothing. */
export const codeOf = (spot: Spot): { set: string; code: string } | undefined => {
  const [, set = '', code = ''] =
    /^(\w+?)_([^_#]+)(?:#\d+)?$/.exec(spot.at('koodiUri').said() ?? spot.said() ?? '') ?? [];
  return set ? { set, code } : undefined;
};

/** `opetuspaikkakk`: contact, distance, online teaching. Independent study (5) says nothing of the place. */
export const MODES = table({ 1: 'presential', 2: 'online', 3: 'online' });

/** `oppilaitoksenopetuskieli` (the official mapping: europass-publisher, EuropassConversion.scala). */
export const LANGUAGES = table({ 1: ['fi'], 2: ['sv'], 3: ['fi', 'sv'], 4: ['en'], 5: ['se'] });

/** `opintojenlaajuusyksikko`: opintopiste (ECTS credits), tunti, osaamispiste, viikko. */
export const UNITS = table({ 2: 'op', 5: 'h', 6: 'osp', 8: 'viikkoa' });

/** `koulutustyyppi`. Vocational and academic education that leads to a degree or qualification says so by `johtaaTutkintoon`. */
export const KINDS = table({
  'kk-opintojakso': 'course',
  'kk-opintokokonaisuus': 'module',
  'vapaa-sivistystyo-osaamismerkki': 'badge',
  erikoistumiskoulutus: 'programme',
});
export const LEADS_TO = table({ yo: 'degree', amk: 'degree', amm: 'qualification' });

/** Heading of further information: learning outcomes (`koulutuksenlisatiedot_13`). */
export const OUTCOMES_HEADING = '13';
