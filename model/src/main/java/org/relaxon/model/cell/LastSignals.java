package org.relaxon.model.cell;

/** The last signals that one cell has sent on its links, and the newest that it has received. */
public final class LastSignals {
    private final Cell cell;

    LastSignals(Cell cell) {
        this.cell = cell;
    }

    /**
     * Sends the last signal of an outgoing link again, as a new version. A cell that has just been
     * restarted has nothing to resend; it sends every value when it relaxes.
     *
     * @param link outgoing link of this cell
     * @param outbox receives the signals to send
     */
    public void reannounce(Link link, Outbox outbox) {
        if (!cell.now().isSpeechless()) {
            cell.ports().sayAgain(link, cell.now().id(), outbox);
        }
    }

    /**
     * {@return whether an outgoing link has a last signal: sent in this phase, or left by the phase
     * that this one starts from} An initial rest state is not a message. Cells that act once treat
     * any feedback as new.
     *
     * @param link outgoing link of this cell
     */
    public boolean hasWord(Link link) {
        boolean due =
                link.kind() == Link.Kind.FEEDBACK
                        && cell.plan().traits().actsOnce(cell.now().phase());
        return sentVersion(link) > 0 || cell.now().phase().start() != null && !due;
    }

    /**
     * {@return the version of the last signal sent on an outgoing link; 0 if none was sent in this
     * phase}
     *
     * @param link outgoing link of this cell
     */
    public long sentVersion(Link link) {
        return cell.ports().sent(link);
    }

    /**
     * {@return the version of the newest signal recorded in a slot; 0 if none was recorded in this
     * phase}
     *
     * @param slot inbox slot
     */
    public long receivedVersion(int slot) {
        return cell.ports().received(slot);
    }
}
