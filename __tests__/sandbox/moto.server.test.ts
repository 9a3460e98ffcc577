import { spawn } from "node:child_process";
import { lstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pythonEnv } from "../../scripts/python-env";
import { startSandbox, type Sandbox } from "../../sandbox";
import { Boto3, QUEUE } from "./gateway-clients";

jest.setTimeout(30_000);

describe("what moto gets wrong", () => {
  let sandbox: Sandbox;
  let boto3: Boto3;
  beforeAll(async () => {
    sandbox = await startSandbox();
    boto3 = new Boto3(sandbox);
  });
  afterAll(async () => {
    await boto3.stop();
    await sandbox.stop();
  });

  test("a saved query of Logs Insights is kept, changed by its id, found by its name, and gone when it is deleted", async () => {
    const answer = await boto3.run<unknown>(`
logs = client("logs")
put = lambda **more: logs.put_query_definition(name="sales/decisions", logGroupNames=["/aws/lambda/sales"], **more)["queryDefinitionId"]
named = lambda prefix: [(d["name"], d["queryString"], d["logGroupNames"]) for d in logs.describe_query_definitions(queryDefinitionNamePrefix=prefix)["queryDefinitions"]]
id = put(queryString="fields @message")
same = put(queryString="fields @timestamp", queryDefinitionId=id) == id
found, others = named("sales/"), named("pricing/")
deleted = logs.delete_query_definition(queryDefinitionId=id)["success"]
try:
    logs.delete_query_definition(queryDefinitionId=id)
except logs.exceptions.ResourceNotFoundException as error:
    answer = [same, found, others, deleted, named("sales"), error.response["Error"]["Code"]]`);
    expect(answer).toEqual([
      true,
      [["sales/decisions", "fields @timestamp", ["/aws/lambda/sales"]]],
      [],
      true,
      [],
      "ResourceNotFoundException",
    ]);
  });

  test("a queue keeps its policy when another attribute is set, and answers its redrive policies as they were given", async () => {
    const redrive = JSON.stringify({ deadLetterTargetArn: QUEUE("dead"), maxReceiveCount: 5 });
    const allow = JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [QUEUE("q")] });
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" }],
    };
    const answer = await boto3.run<Record<"q" | "dead", Record<string, string>>>(`
sqs = client("sqs")
dead = sqs.create_queue(QueueName="dead", Attributes={"RedriveAllowPolicy": r'''${allow}'''})["QueueUrl"]
q = sqs.create_queue(QueueName="q", Attributes={"Policy": r'''${JSON.stringify(policy)}''', "RedrivePolicy": r'''${redrive}'''})["QueueUrl"]
sqs.set_queue_attributes(QueueUrl=q, Attributes={"VisibilityTimeout": "60"})
read = lambda url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
answer = {"q": read(q), "dead": sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["RedriveAllowPolicy"])["Attributes"]}`);
    expect(JSON.parse(answer.q["Policy"] ?? "")).toEqual(policy);
    expect(answer.q).toMatchObject({ VisibilityTimeout: "60", RedrivePolicy: redrive });
    expect(answer.dead).toEqual({ RedriveAllowPolicy: allow });
  });

  test("a VPC endpoint keeps its DNS options, when it is made and when they change", async () => {
    const answer = await boto3.run<unknown>(`
ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
only = lambda value: {"PrivateDnsOnlyForInboundResolverEndpoint": value}
service = dict(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
made = ec2.create_vpc_endpoint(VpcEndpointType="Interface", DnsOptions=only(True), **service)["VpcEndpoint"]
other = ec2.create_vpc_endpoint(VpcEndpointType="Interface", **service)["VpcEndpoint"]
options = lambda endpoint: ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint["VpcEndpointId"]])["VpcEndpoints"][0].get("DnsOptions")
answer = [made["DnsOptions"], options(made), options(other)]
ec2.modify_vpc_endpoint(VpcEndpointId=made["VpcEndpointId"], DnsOptions=only(False))
answer.append(options(made))`);
    const only = (value: boolean): object => ({ PrivateDnsOnlyForInboundResolverEndpoint: value });
    expect(answer).toEqual([only(true), only(true), null, only(false)]);
  });

  test("a gateway endpoint's route comes and goes with the route tables that it is given, and it can be deleted after", async () => {
    const answer = await boto3.run<unknown>(`
ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
first, second, third = tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(3)]
service = dict(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", VpcEndpointType="Gateway")
endpoint = ec2.create_vpc_endpoint(RouteTableIds=[first], **service)["VpcEndpoint"]["VpcEndpointId"]
prefixes = [entry["PrefixListId"] for entry in ec2.describe_prefix_lists()["PrefixLists"] if entry["PrefixListName"] == service["ServiceName"]]
def routes():
    found = [ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"] for table in tables]
    return [[route["DestinationPrefixListId"] for route in of if route.get("GatewayId") == endpoint] == prefixes for of in found]
answer = [routes()]
ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[second, third])
answer.append(routes())
ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[second], RemoveRouteTableIds=[first])
answer.append(routes())
answer.append(ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])["Unsuccessful"])
answer.append(routes())`);
    expect(answer).toEqual([[true, false, false], [true, true, true], [false, true, true], [], [false, false, false]]);
  });

  test("a rule of a security group keeps its description, whether it names addresses or a group", async () => {
    const answer = await boto3.run<string[]>(`
ec2 = client("ec2")
group = ec2.create_security_group(GroupName="g", Description="d", VpcId=ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"])["GroupId"]
rule = lambda port, **to: {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **to}
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule(1, UserIdGroupPairs=[{"GroupId": group, "Description": "of a group"}])])
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule(2, IpRanges=[{"CidrIp": "10.0.0.0/8", "Description": "of addresses"}])])
rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
answer = sorted(rule["Description"] for rule in rules if not rule["IsEgress"])`);
    expect(answer).toEqual(["of a group", "of addresses"]);
  });

  test("a rule of a security group for every protocol is changed without ports, one for TCP is not", async () => {
    const answer = await boto3.run<unknown>(`
ec2 = client("ec2")
group = ec2.create_security_group(GroupName="every", Description="d", VpcId=ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"])["GroupId"]
pair = {"UserIdGroupPairs": [{"GroupId": group}]}
made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", **pair}])["SecurityGroupRules"][0]["SecurityGroupRuleId"]
to = lambda protocol: [{"SecurityGroupRuleId": made, "SecurityGroupRule": {"IpProtocol": protocol, "ReferencedGroupId": group, "Description": "changed"}}]
refused = error(ec2.modify_security_group_rules, GroupId=group, SecurityGroupRules=to("tcp"))
ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=to("-1"))
rule = ec2.describe_security_group_rules(SecurityGroupRuleIds=[made])["SecurityGroupRules"][0]
answer = [refused[0], rule["IpProtocol"], rule["Description"], rule["ReferencedGroupInfo"]["GroupId"] == group]`);
    expect(answer).toEqual(["InvalidParameterValue", "-1", "changed", true]);
  });

  test("what there is can be listed while more is made", async () => {
    const answer = await boto3.run<unknown>(`
from concurrent.futures import ThreadPoolExecutor
cloudwatch = client("cloudwatch")
alarm = dict(MetricName="m", Namespace="n", Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold")
def make(number):
    cloudwatch.put_metric_alarm(AlarmName=f"alarm-{number}", **alarm)
    return cloudwatch.describe_alarms(AlarmNames=[f"alarm-{number}"])["MetricAlarms"][0]["AlarmName"] == f"alarm-{number}"
with ThreadPoolExecutor(10) as pool:
    answer = all(pool.map(make, range(200)))`);
    expect(answer).toBe(true);
  });

  test("a standard parameter holds 4,096 characters and no more, an advanced one 8,192", async () => {
    const answer = await boto3.run<(string[] | null)[]>(`
put = lambda size, tier: error(client("ssm").put_parameter, Name="/p", Value="x" * size, Type="String", Tier=tier, Overwrite=True)
answer = [put(4096, "Standard"), put(4097, "Standard"), put(8192, "Advanced"), put(8193, "Advanced")]`);
    expect(answer.map((error) => error?.[0] ?? "taken")).toEqual([
      "taken",
      "ValidationException",
      "taken",
      "ValidationException",
    ]);
  });

  test("a parameter's name does not begin as AWS's own do, nor does its value name another", async () => {
    const answer = await boto3.run<Record<string, string | null>>(`
def put(name, value="v"):
    refused = error(client("ssm").put_parameter, Name=name, Value=value, Type="String", Overwrite=True)
    return refused and refused[0]
names = ["aws", "awsome", "AWSx", "/aws/x", "/Aws-team/x", "ssm", "/SSM/x", "/ssmx", "/team/aws", "/team-aws", "saws"]
answer = {**{name: put(name) for name in names}, **{value: put("/value", value) for value in ["{{ssm:x}}", "a {{ b }} c", "{{\\n}}", "{ {} }", "{{"]}}`);
    const refused = Object.entries(answer).filter(([, code]) => code !== null);
    expect(refused.map(([name]) => name)).toEqual([
      "aws",
      "awsome",
      "AWSx",
      "/aws/x",
      "/Aws-team/x",
      "ssm",
      "/SSM/x",
      "/ssmx",
      "{{ssm:x}}",
      "a {{ b }} c",
      "{{\n}}",
    ]);
    expect(new Set(refused.map(([, code]) => code))).toEqual(new Set(["ValidationException"]));
  });

  test("policies that AWS manages are there", async () => {
    const arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    const name = await boto3.run(`answer = client("iam").get_policy(PolicyArn="${arn}")["Policy"]["PolicyName"]`);
    expect(name).toBe("AWSLambdaBasicExecutionRole");
  });
});

describe("the project's Python environment", () => {
  const root = resolve(__dirname, "../..");
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "python-env-"));
    writeFileSync(join(folder, "requirements.txt"), "# nothing\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const options = () => ({
    folder: relative(root, join(folder, "env")),
    requirements: relative(root, join(folder, "requirements.txt")),
  });

  test("is made once, however many ask for it", async () => {
    const [first, second] = await Promise.all([pythonEnv(options()), pythonEnv(options())]);
    expect(second).toEqual(first);
    const made = lstatSync(first.python).ctimeMs;
    await pythonEnv(options());
    expect(lstatSync(first.python).ctimeMs).toBe(made);
  }, 90_000);

  test("says in one line what it needs where Python is missing or too old", async () => {
    const program = `require("./scripts/python-env").pythonEnv(${JSON.stringify(options())}).catch((error) => console.log(error.message))`;
    const said = async () => {
      const asking = spawn(process.execPath, ["--import", "tsx", "--eval", program], {
        cwd: root,
        env: { PATH: folder },
      });
      return await text(asking.stdout);
    };
    expect(await said()).toMatch(/needs Python 3\.11 or newer on the PATH: none was found\.\n$/);
    writeFileSync(join(folder, "python3"), "#!/bin/sh\necho 3.9\n", { mode: 0o755 });
    expect(await said()).toMatch(/needs Python 3\.11 or newer on the PATH: python3 is 3\.9\.\n$/);
  });
});
