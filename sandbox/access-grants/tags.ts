import { refusal } from "./errors";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const MAXIMUM = 50;

/** Tags as a map, checked; `onto` are the tags that the resource has already. */
export function checkedTags(
  tags: readonly Tag[] = [],
  onto: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw refusal("InvalidTag");
  if (tags.some(({ Key }) => Key.startsWith("aws:"))) throw refusal("InvalidTags");
  const all = new Map([...onto, ...tags.map(({ Key, Value }) => [Key, Value] as const)]);
  if (all.size > MAXIMUM) throw refusal("TooManyTags");
  return all;
}
