import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

/** What moto drops of VPC endpoints: their DNS options. */
export class Endpoints implements Service {
  private readonly options = new Map<string, string>();

  constructor(private readonly internals: Internals) {}

  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "ec2") return undefined;
    if (call.operation === "DescribeVpcEndpoints") return this.withOptions(await this.internals.moto(call));
    if (call.operation !== "CreateVpcEndpoint" && call.operation !== "ModifyVpcEndpoint") return undefined;
    const form = new URLSearchParams(call.body.toString());
    const only = form.get("DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint");
    const reply = await this.internals.moto(call);
    const id = form.get("VpcEndpointId") ?? /<vpcEndpointId>([^<]+)/.exec(reply.body?.toString() ?? "")?.[1];
    if (only !== null && id !== undefined && reply.status === 200) {
      const element = "privateDnsOnlyForInboundResolverEndpoint";
      this.options.set(id, `<dnsOptions><${element}>${only === "true"}</${element}></dnsOptions>`);
    }
    return this.withOptions(reply);
  }

  private withOptions(reply: Reply): Reply {
    const body = reply.body
      ?.toString()
      .replace(/<vpcEndpointId>([^<]+)<\/vpcEndpointId>/g, (all, id: string) => all + (this.options.get(id) ?? ""));
    return body === undefined ? reply : { ...reply, body };
  }
}
