import type { Service, Surroundings } from "./service";

/**
 * The parts of the local AWS that are ours, in the order in which they are asked. Each is made from its surroundings; a
 * call that none answers goes to moto.
 */
export const SERVICES: readonly ((surroundings: Surroundings) => Service)[] = [];
