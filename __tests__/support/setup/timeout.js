/** A time-out tells what hangs. Jest's five seconds tell how busy the machine is. */
jest.setTimeout(60_000);
