import { accessGrants } from "./access-grants";
import { cloudFormation } from "./cloudformation";
import { dataZone } from "./datazone";
import { s3 } from "./s3";
import { sagemaker } from "./sagemaker";
import type { Service, Surroundings } from "./service";

/**
 * The parts of the local AWS that are ours, in the order in which they are asked. Each is made from its surroundings; a
 * call that none answers goes to moto.
 */
export const SERVICES: readonly ((surroundings: Surroundings) => Service)[] = [catalog, accessGrants, s3, sagemaker];

/** DataZone, and CloudFormation for the project memberships that it makes there. */
function catalog(surroundings: Surroundings): Service {
  const zone = dataZone(surroundings);
  const stacks = cloudFormation(surroundings, zone);
  return {
    ...(zone.choices && { choices: zone.choices }),
    handle: async (call) => (await zone.handle(call)) ?? (await stacks.handle(call)),
    stop: () => zone.stop(),
  };
}
