import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { unzipSync } from "fflate";

/** The functions' code by its digest (`CodeSha256`): what a version runs never changes, whatever is uploaded after it. */
export class CodeStore {
  private readonly zips = new Map<string, Buffer>();
  private readonly folders = new Map<string, Promise<string>>();
  private root: Promise<string> | undefined;

  keep(zip: Buffer): void {
    this.zips.set(createHash("sha256").update(zip).digest("base64"), zip);
  }

  /** The folder with the unpacked code. */
  async folder(sha256: string): Promise<string> {
    let folder = this.folders.get(sha256);
    if (!folder) {
      folder = this.unpack(sha256);
      this.folders.set(sha256, folder);
    }
    return await folder;
  }

  async remove(): Promise<void> {
    if (this.root) await rm(await this.root, { recursive: true, force: true });
  }

  private async unpack(sha256: string): Promise<string> {
    const zip = this.zips.get(sha256);
    if (!zip) throw new Error(`The sandbox has no code with the digest ${sha256}.`);
    this.root ??= mkdtemp(join(tmpdir(), "sandbox-functions-"));
    const folder = join(await this.root, String(this.folders.size));
    for (const [name, data] of Object.entries(unzipSync(zip))) {
      const file = join(folder, normalize(`/${name}`));
      if (name.endsWith("/")) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, data);
    }
    return folder;
  }
}
