import type { ExecutionRequest, Executor } from '@graphql-tools/utils';
import { BrokenCircuitError } from 'cockatiel';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { createSubgraphContext } from '../../subgraphs/shared/context.ts';
import type { ReportError } from '../../subgraphs/shared/errors.ts';
import type { SubgraphModule } from '../../subgraphs/shared/subgraph.ts';
import { atPlaces, nothing } from './failed-places.ts';
import { createGuard, OutOfTime, PATIENCE, type Patience, type SubgraphState } from './guard.ts';
import { httpAsk } from './http-ask.ts';
import { localAsk } from './local-ask.ts';
import type { SubgraphAnswer, SubgraphRequest } from './operation-context.ts';
import { probeQuestion } from './probe-questions.ts';
import { SubgraphDown, SubgraphRefused } from './subgraph-down.ts';
import { createTeller } from './teller.ts';
import { outOfTime, unavailable } from './unavailable.ts';

/** The gateway's hold on one subgraph. */
export interface SubgraphLink {
  name: string;
  /** `in process`, or the origin of its URL. */
  where: string;
  executor: Executor;
  state(): SubgraphState;
  /** Asks a light question; throws when it is not answered, answers what is wrong with the answer. */
  probe(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface LinkOptions {
  name: string;
  /** The subgraph when it is one of ours; it runs in this process unless there is a URL. */
  own?: SubgraphModule;
  url?: string;
  catalogue?: Catalogue;
  patience?: Partial<Patience>;
  report: ReportError;
}

const EXPECTED = [SubgraphDown, SubgraphRefused, OutOfTime, BrokenCircuitError];

/** Links a subgraph, in process or over HTTP, behind the same guard and with errors of the same kind. */
export function createSubgraphLink({ name, own, url, catalogue, patience, report }: LinkOptions): SubgraphLink {
  const where = url ? new URL(url).origin : 'in process';
  const teller = createTeller(name, where, report);
  const { ask, close } = url
    ? httpAsk(url)
    : { ask: localAsk(own as SubgraphModule, report, teller.trouble), close: async () => {} };
  const guard = createGuard({
    name,
    ask,
    patience: { ...PATIENCE, ...patience },
    teller,
    probe: (signal) => {
      // Loaders remember failures too, so each question has its own.
      const context = { languages: [], subgraph: catalogue && createSubgraphContext(catalogue, []) };
      return ask({ document: probeQuestion(name), variables: {}, context }, signal);
    },
  });

  const answer = async (request: SubgraphRequest): Promise<SubgraphAnswer> => {
    try {
      // Only the subgraph that a record lives in can say that there is none; others may just know nothing of it.
      return atPlaces(request, await guard.ask(request), { gone: own !== undefined });
    } catch (error) {
      if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
      const told = error instanceof OutOfTime ? outOfTime(name) : unavailable(name);
      return atPlaces(request, { data: nothing(request), errors: [told] }, { gone: false });
    }
  };
  return {
    name,
    where,
    executor: ((request: ExecutionRequest) => answer(request as SubgraphRequest)) as Executor,
    state: guard.state,
    probe: async () => {
      const { errors } = (await guard.probe()) as SubgraphAnswer;
      return errors?.[0]?.message;
    },
    close: async () => {
      guard.close();
      await close();
    },
  };
}
