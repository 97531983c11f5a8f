import type { ExampleProvider } from '../feeds/provider.ts';
import { adriatic } from './adriatic.ts';
import { atlantic } from './atlantic.ts';
import { egeo } from './egeo.ts';
import { guadiana } from './guadiana.ts';
import { laguna } from './laguna.ts';
import { meuse } from './meuse.ts';
import { mikrokraad } from './mikrokraad.ts';
import { mondego } from './mondego.ts';
import { nordic } from './nordic.ts';
import { rhone } from './rhone.ts';
import { weser } from './weser.ts';
import { wisla } from './wisla.ts';

/** Every example provider that the example server serves. */
export const exampleProviders: readonly ExampleProvider[] = [
  meuse,
  weser,
  nordic,
  mikrokraad,
  egeo,
  atlantic,
  mondego,
  rhone,
  laguna,
  wisla,
  guadiana,
  adriatic,
];
