import type { Construct } from "constructs";
import { kept, type Kept, settled } from "../hosting";

const OTHER_DOMAIN =
  "another value would replace the domain and lose everyone's home directory; create a second domain and move to it";

/** The value of an argument of the domain at the first apply. */
export const stays = (scope: Construct, id: string, about: string, value: string | undefined): string =>
  settled(scope, id, value, about, OTHER_DOMAIN);

/**
 * What never replaces the domain, and everyone's home with it. Its name is compared with the domain's own, because a domain may be older than its
 * name's default. SageMaker changes subnets in place, the provider cannot. Whether homes are mounted AWS refuses to take from the provider;
 * profiles created here say it themselves.
 */
export function lifecycle(domainName: string): Kept {
  const { ignoreChanges, postcondition } = kept("domain_name", domainName, "domainName", OTHER_DOMAIN);
  return {
    ignoreChanges: [...ignoreChanges, "subnet_ids", "default_user_settings[0].auto_mount_home_efs"],
    postcondition,
  };
}
