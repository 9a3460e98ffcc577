import { attempt } from "./attempt";
import type { Domain } from "./datazone";
import { isNamed } from "./errors";
import { type Fact, all, flatMap, known, map, unknown } from "./facts";
import { type ColumnTerm, isName } from "./forms";
import { MAXIMUM_LOOKUPS, MAXIMUM_TERMS } from "./limits";

const tooMany = (limit: number): Fact<never> => unknown(`there are more than ${limit} glossary terms`);

/** The names of resolved terms, each once; unknown where one has none. */
export function namesOf(terms: readonly ({ name?: string } | null)[] | undefined | null): Fact<string[]> {
  const names = all((terms ?? []).map((term) => nameIn(term?.name)));
  return flatMap(map(names, unique), (list) => (list.length > MAXIMUM_TERMS ? tooMany(MAXIMUM_TERMS) : known(list)));
}

/** Ids that the service makes: 13 or more lower-case letters and digits, both. */
const GENERATED_ID = /^(?=.*\d)(?=.*[a-z])[a-z0-9]{13,36}$/;

/** The names of the terms on columns, of all the assets of a request: those that may be ids are looked up, up to a limit. */
export class ColumnTerms {
  private readonly lookedUp = new Set<string>();

  constructor(private readonly domain: Domain) {}

  /** Each name once. */
  async namesOf(terms: Fact<readonly ColumnTerm[]>): Promise<Fact<string[]>> {
    if ("unknown" in terms) return terms;
    const named = unique(terms.value.flatMap((term) => ("name" in term ? [term.name] : [])));
    const doubtful = unique(terms.value.flatMap((term) => ("nameOrId" in term ? [term.nameOrId] : [])));
    const ids = unique(terms.value.flatMap((term) => ("id" in term ? [term.id] : [])));
    if (named.length + doubtful.length + ids.length > MAXIMUM_TERMS) return tooMany(MAXIMUM_TERMS);
    const names = await Promise.all([
      ...named.map(known),
      ...doubtful.map((text) => this.nameOf(text, true)),
      ...ids.map((id) => this.nameOf(id, false)),
    ]);
    return map(all(names), unique);
  }

  /**
   * The name of the term with an id. What may as well be a name, because public code has both, is a name where there is no such
   * term, unless it looks like an id.
   */
  private async nameOf(id: string, orName: boolean): Promise<Fact<string>> {
    if (orName && !/^[a-zA-Z0-9_-]{1,36}$/.test(id)) return known(id);
    if (this.lookedUp.add(id).size > MAXIMUM_LOOKUPS) return tooMany(MAXIMUM_LOOKUPS);
    const term = await attempt("GetGlossaryTerm", async () => {
      try {
        return (await this.domain.term(id)).name;
      } catch (error) {
        if (orName && isNamed(error, "ResourceNotFoundException") && !GENERATED_ID.test(id)) return id;
        throw error;
      }
    });
    return flatMap(term, nameIn);
  }
}

const nameIn = (name: unknown): Fact<string> => (isName(name) ? known(name) : unknown("a glossary term has no name"));

const unique = (names: readonly string[]): string[] => [...new Set(names)];
