import { AwsClient, AwsError } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import type { Call, Reply, Surroundings } from "../service";
import { Ec2 } from "./ec2";

const EFS = "/2015-02-01";

/** What SageMaker makes in somebody's account for a domain: the file system of its users' home directories. */
export interface Home {
  readonly domainId: string;
  readonly vpcId: string;
  readonly fileSystemId: string;
  readonly mountTargets: readonly { readonly id: string; readonly subnetId: string }[];
  readonly securityGroupIds: readonly string[];
}

export interface HomeRequest {
  readonly domainId: string;
  readonly domainArn: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly kmsKeyId?: string;
}

/**
 * The home file systems of domains. Each is real in moto: a file system with a mount target in each subnet, and two
 * security groups for NFS. Kept when its domain goes (RetentionPolicy Retain, the default), its mount targets and
 * security groups keep subnets and VPC from being deleted, as they do in AWS.
 */
export class Homes {
  private readonly efs: AwsClient;
  private readonly ec2: Ec2;
  private readonly kept = new Map<string, Home>();

  constructor(surroundings: Surroundings) {
    this.efs = new AwsClient(surroundings.moto, ADMIN, surroundings.region);
    this.ec2 = new Ec2(surroundings);
  }

  async create({ domainId, domainArn, vpcId, subnetIds, kmsKeyId }: HomeRequest): Promise<Home> {
    const { FileSystemId: fileSystemId } = await this.efs.rest<{ FileSystemId: string }>(
      "elasticfilesystem",
      "POST",
      `${EFS}/file-systems`,
      {
        CreationToken: domainId,
        Encrypted: true,
        ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
        Tags: [{ Key: "ManagedByAmazonSageMakerResource", Value: domainArn }],
      },
    );
    const securityGroupIds = [];
    for (const direction of ["inbound", "outbound"]) {
      securityGroupIds.push(
        await this.ec2.createSecurityGroup(vpcId, `security-group-for-${direction}-nfs-${domainId}`),
      );
    }
    const mountTargets = [];
    for (const subnetId of subnetIds) {
      const id = await this.mount(fileSystemId, subnetId, securityGroupIds.slice(0, 1));
      if (id !== undefined) mountTargets.push({ id, subnetId });
    }
    const home: Home = { domainId, vpcId, fileSystemId, mountTargets, securityGroupIds };
    this.kept.set(domainId, home);
    return home;
  }

  /** A mount target's id; undefined in a zone that has one already: one is enough for all its subnets. */
  private async mount(fileSystemId: string, subnetId: string, groups: readonly string[]): Promise<string | undefined> {
    const target = { FileSystemId: fileSystemId, SubnetId: subnetId, SecurityGroups: groups };
    try {
      const made = await this.efs.rest<{ MountTargetId: string }>(
        "elasticfilesystem",
        "POST",
        `${EFS}/mount-targets`,
        target,
      );
      return made.MountTargetId;
    } catch (error) {
      if (error instanceof AwsError && error.code === "MountTargetConflict") return undefined;
      throw error;
    }
  }

  /** Removes the file system with all that was made for it. */
  async delete(domainId: string): Promise<void> {
    const home = this.kept.get(domainId);
    if (home === undefined) return;
    for (const { id } of home.mountTargets) await this.drop(`${EFS}/mount-targets/${id}`);
    await this.drop(`${EFS}/file-systems/${home.fileSystemId}`);
    for (const id of home.securityGroupIds) await this.ec2.deleteSecurityGroup(id);
    this.kept.delete(domainId);
  }

  /** Refuses to delete a subnet or VPC that something of a file system is still in. */
  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "ec2" || this.kept.size === 0) return undefined;
    const form = new URLSearchParams(call.body.toString());
    switch (call.operation) {
      case "DeleteSubnet": {
        const subnetId = form.get("SubnetId") ?? "";
        const used = await this.hasMountTarget(subnetId);
        return used
          ? Ec2.dependencyViolation(`The subnet '${subnetId}' has dependencies and cannot be deleted.`)
          : undefined;
      }
      case "DeleteVpc": {
        const vpcId = form.get("VpcId") ?? "";
        const used = await this.hasSecurityGroup(vpcId);
        return used ? Ec2.dependencyViolation(`The vpc '${vpcId}' has dependencies and cannot be deleted.`) : undefined;
      }
      default:
        return undefined;
    }
  }

  private async hasMountTarget(subnetId: string): Promise<boolean> {
    const targets = [...this.kept.values()].flatMap(({ mountTargets }) => mountTargets);
    for (const { id } of targets.filter((target) => target.subnetId === subnetId)) {
      if (await this.exists(`${EFS}/mount-targets?MountTargetId=${id}`)) return true;
    }
    return false;
  }

  private async hasSecurityGroup(vpcId: string): Promise<boolean> {
    const ids = [...this.kept.values()].filter((home) => home.vpcId === vpcId).flatMap((home) => home.securityGroupIds);
    for (const id of ids) if (await this.ec2.securityGroupExists(id)) return true;
    return false;
  }

  private async exists(path: string): Promise<boolean> {
    try {
      await this.efs.rest("elasticfilesystem", "GET", path);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** Somebody may have deleted it by hand. */
  private async drop(path: string): Promise<void> {
    try {
      await this.efs.rest("elasticfilesystem", "DELETE", path);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
  }
}
