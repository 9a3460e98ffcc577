import dev from "./dev";
import { checkEnvironment, type Environment, type EnvironmentFile } from "./environment";
import prod from "./prod";
import sandbox from "./sandbox";

const FILES: Readonly<Record<string, EnvironmentFile>> = { sandbox, dev, prod };

/** Names of the environments there are. */
export const ENVIRONMENTS = Object.keys(FILES);

/** The file of an environment, unchecked. @throws Error that names the environments there are. */
export function environmentFile(name: string): EnvironmentFile {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!file) {
    throw new Error(
      `There is no environment "${name}": there are ${ENVIRONMENTS.join(", ")}. A new one is a file environments/${name}.ts, listed in environments/index.ts.`,
    );
  }
  return file;
}

/** An environment, checked. */
export const environment = (name: string): Environment => checkEnvironment(name, environmentFile(name));
