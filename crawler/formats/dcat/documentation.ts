import type { Documentation } from '../../documentation.ts';

export const documentation: Documentation = {
  reads: 'DCAT in Turtle, RDF/XML, JSON-LD and data.json: leads to its distributions, whatever format they are of',
  elements: [],
  derived: [],
  quirks: [
    'It has no records of its own: each distribution is read by the format that its beginning tells, with all that this format carries.',
    'Of a data set one kind of file is taken, with all its parts: the first of Turtle, N-Triples, RDF/XML, JSON-LD, JSON, XML, CSV that is there.',
    '`dcat:downloadURL` is a file. `dcat:accessURL` may be a page for people: it is followed only where a media type of a feed stands beside it.',
    'Media types stand as text, as addresses of IANA and as file types of the EU; of a ZIP the kind of what is in it (`dcat:packageFormat`).',
    'A data service (`dcat:endpointURL`) is told and not asked.',
    'Pages of a catalogue (`hydra:next`, of CKAN) are followed; `owl:imports` and catalogues inside of catalogues are not.',
    'The licence of the source file holds for all of them: give each data set under another licence a source of its own.',
    'A distribution that is not found leaves the run incomplete: nothing is withdrawn for it.',
  ],
  options: {
    dataset: 'the data sets to read: `dct:identifier`, the address, or words of the title; all others are passed over',
    file: 'words in the title or address of the files to read, where a data set has several of one kind',
    newest:
      '`true`: of the files of a data set only the one that was changed last (data sets to which each day adds a file)',
  },
  members: [
    { of: ['dcat:Catalog'], read: ['dataset', 'record', 'next'], kept: [] },
    {
      of: ['dcat:Dataset'],
      read: ['distribution', 'identifier', 'title'],
      kept: ['accessService', 'license', 'modified'],
    },
    {
      of: ['dcat:Distribution'],
      read: ['downloadURL', 'accessURL', 'mediaType', 'format', 'packageFormat', 'compressFormat'],
      kept: ['byteSize', 'checksum'],
    },
  ],
};
