import { xml } from "../errors";
import { ADMIN } from "../gateway/callers";
import type { Reply, Surroundings } from "../service";

/** The few calls of EC2 that SageMaker makes in somebody's account. */
export class Ec2 {
  constructor(private readonly surroundings: Surroundings) {}

  async createSecurityGroup(vpcId: string, name: string): Promise<string> {
    const answer = await this.ask("CreateSecurityGroup", {
      VpcId: vpcId,
      GroupName: name,
      GroupDescription: "[DO NOT DELETE] NFS between SageMaker Studio and its file system",
    });
    return /<groupId>([^<]+)/.exec(answer ?? "")?.[1] ?? "";
  }

  async deleteSecurityGroup(id: string): Promise<void> {
    await this.ask("DeleteSecurityGroup", { GroupId: id });
  }

  async securityGroupExists(id: string): Promise<boolean> {
    return (await this.ask("DescribeSecurityGroups", { "GroupId.1": id })) !== undefined;
  }

  /** The VPC of a subnet; undefined where there is no such subnet. */
  async vpcOf(subnetId: string): Promise<string | undefined> {
    const answer = await this.ask("DescribeSubnets", { "SubnetId.1": subnetId });
    return /<vpcId>([^<]+)/.exec(answer ?? "")?.[1];
  }

  static dependencyViolation(message: string): Reply {
    return {
      status: 400,
      headers: { "content-type": "text/xml" },
      body: `<Response><Errors><Error><Code>DependencyViolation</Code><Message>${xml(message)}</Message></Error></Errors></Response>`,
    };
  }

  /** The answer's XML; undefined where EC2 refuses. */
  private async ask(action: string, input: Readonly<Record<string, string>>): Promise<string | undefined> {
    const { moto, region } = this.surroundings;
    const credential = `${ADMIN.accessKeyId}/20260101/${region}/ec2/aws4_request`;
    const reply = await moto({
      id: 0,
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: {
        host: `ec2.${region}.amazonaws.com`,
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
      },
      body: Buffer.from(new URLSearchParams({ Action: action, Version: "2016-11-15", ...input }).toString()),
      service: "ec2",
      region,
      caller: ADMIN,
      operation: action,
      parameters: {},
    });
    return reply.status < 300 ? (reply.body ?? "").toString() : undefined;
  }
}
