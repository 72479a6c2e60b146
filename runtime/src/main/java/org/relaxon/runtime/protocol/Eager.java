package org.relaxon.runtime.protocol;

import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;

/** Every signal travels alone on its link, and a cell may relax at any time; the host paces it. */
final class Eager implements Protocol {
    private final Cell cell;

    Eager(Cell cell) {
        this.cell = cell;
    }

    @Override
    public void open(long phaseId) {
        // a cell that has been opened is ready
    }

    @Override
    public Receipt hear(int slot, Parcel parcel) {
        return cell.receive(slot, (Signal) parcel);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean relax(Courier courier) {
        return cell.relax(courier::carry);
    }

    @Override
    public void resume(List<Link> unheard, Courier courier) {
        unheard.forEach(link -> repeat(link, courier));
    }

    @Override
    public void repeat(Link link, Courier courier) {
        cell.lastSignals().reannounce(link, courier::carry);
    }

    @Override
    public void save(StateWriter out) {
        // the cell is all there is
    }

    @Override
    public void load(StateReader in) {
        // likewise
    }
}
