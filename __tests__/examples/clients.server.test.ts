import { readByProfile } from "./clients";

// Others in clients.long.test.ts.
readByProfile("the AWS CLI", "boto3", "the SDK for JavaScript");
