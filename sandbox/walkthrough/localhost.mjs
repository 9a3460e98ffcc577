// Loaded by `node --import`: names below localhost are this machine, as RFC 6761 has it.
import dns from "node:dns";

const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(host.endsWith(".localhost") ? "127.0.0.1" : host, ...rest);
