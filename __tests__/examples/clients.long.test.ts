import { readByProfile } from "./clients";

readByProfile("pandas with s3fs", "pyarrow");
