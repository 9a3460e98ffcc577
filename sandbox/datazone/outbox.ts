import type { EventBridgeEvent } from "../service";
import type { Behaviour } from "./behaviour";

/**
 * Events on their way to the bus. AWS delivers them at best effort, so the sandbox can be told to deliver them twice,
 * out of order, or not at all.
 */
export class Outbox {
  private readonly held: EventBridgeEvent[] = [];

  /** @param after does something later, in milliseconds */
  constructor(
    private readonly behaviour: Pick<Behaviour, "eventCopies" | "eventOrder" | "eventWindow">,
    private readonly deliver: (event: EventBridgeEvent) => void,
    private readonly after: (milliseconds: number, action: () => void) => void,
  ) {}

  put(event: EventBridgeEvent): void {
    for (let copy = 0; copy < this.behaviour.eventCopies; copy++) this.held.push(event);
    if (this.behaviour.eventOrder === "as sent") this.flush();
    else if (this.held.length === this.behaviour.eventCopies)
      this.after(this.behaviour.eventWindow, () => this.flush());
  }

  private flush(): void {
    const events = this.held.splice(0);
    if (this.behaviour.eventOrder === "reversed") events.reverse();
    for (const event of events) this.deliver(event);
  }
}
