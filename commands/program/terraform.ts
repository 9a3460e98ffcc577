import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { promisify } from "node:util";
import { NotUnderstood } from "./exit";

/**
 * The state of a folder where Terraform runs, wherever it is kept, as JSON.
 *
 * @throws Error with what Terraform says where it cannot be read
 */
export async function showState(folder: string): Promise<string> {
  const expected = "Expected is the folder where Terraform runs, of an environment cdktf.out/stacks/<environment>.";
  const there = statSync(folder, { throwIfNoEntry: false });
  if (!there?.isDirectory()) throw new NotUnderstood(`${folder} is ${there ? "no folder" : "not there"}. ${expected}`);
  try {
    const args = ["show", "-json"];
    return (await promisify(execFile)("terraform", args, { cwd: folder, maxBuffer: 1 << 28 })).stdout;
  } catch (error) {
    const { stderr, message, code } = error as { stderr?: string; message: string; code?: unknown };
    const why = code === "ENOENT" ? "there is no program terraform in PATH" : stderr?.trim() || message;
    throw new Error(`The state of ${folder} cannot be read: ${why}\n${expected}`, { cause: error });
  }
}
