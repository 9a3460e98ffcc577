export interface Message {
  readonly messageId: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

/** The queue and its dead-letter queue as they are deployed: twelve minutes' visibility, five receives. */
export class SimulatedQueue {
  readonly messages = new Map<string, Message>();
  readonly deadLetters: string[] = [];
  private count = 0;

  constructor(
    private readonly now: () => number,
    private readonly maximumReceives = 5,
    private readonly visibility = 720_000,
  ) {}

  send(body: string, delay = 0): void {
    const messageId = `m${++this.count}`;
    this.messages.set(messageId, { messageId, body, visibleAt: this.now() + delay, receives: 0 });
  }

  /** @param leaves how many of the messages received stay visible, as SQS may do: they are delivered twice at once */
  receive(most: number, leaves = 0): Message[] {
    const received: Message[] = [];
    for (const message of this.messages.values()) {
      if (received.length === most) break;
      if (message.visibleAt > this.now()) continue;
      if (message.receives >= this.maximumReceives) {
        this.messages.delete(message.messageId);
        this.deadLetters.push(message.body);
        continue;
      }
      message.receives += 1;
      if (received.length >= leaves) message.visibleAt = this.now() + this.visibility;
      received.push({ ...message });
    }
    return received;
  }

  postpone(messageId: string, milliseconds: number): void {
    const message = this.messages.get(messageId);
    if (message) message.visibleAt = this.now() + milliseconds;
  }

  /** As StartMessageMoveTask does: messages begin anew. */
  redrive(): void {
    for (const body of this.deadLetters.splice(0)) this.send(body);
  }
}
