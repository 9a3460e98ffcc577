/** The longest time without a sign of life, in seconds. */
const SILENCE = 20;

/** Runs something that takes a while, and calls `say` with the seconds so far often enough to be seen as alive. */
export async function alive<T>(say: (seconds: number) => void, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const timer = setInterval(() => say(Math.round((Date.now() - started) / 1000)), SILENCE * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
