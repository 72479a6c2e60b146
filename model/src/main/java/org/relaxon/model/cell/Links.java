package org.relaxon.model.cell;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;

/**
 * All links of a wiring, by index. Nothing is stored per link: the links of one kind on one
 * projection are numbered receiver by receiver, and within a receiver sender by sender, so that
 * both ends follow from the index by a division. Immutable.
 */
public final class Links extends AbstractList<Link> implements RandomAccess {
    /** The links of one kind on one projection, of {@code senders} cells to each receiver. */
    private record Block(
            Link.Kind kind,
            int projection,
            int begin,
            int firstSender,
            int senders,
            int firstReceiver,
            int receivers,
            int firstSlot) {}

    private final Block[] blocks;
    private final int[] begins; // of the blocks, ascending
    private final int size;

    private Links(List<Block> blocks, int size) {
        this.blocks = blocks.toArray(Block[]::new);
        this.begins = blocks.stream().mapToInt(Block::begin).toArray();
        this.size = size;
    }

    /** Collects the blocks of a wiring in the order of their links. */
    static final class Builder {
        private final List<Block> blocks = new ArrayList<>();
        private final int[] slots; // per cell
        private int size;

        /** {@code cells} is the number of cells of the wiring. */
        Builder(int cells) {
            slots = new int[cells];
        }

        /** Links every sender to every receiver; both are runs of consecutive cells. */
        void link(Link.Kind kind, int projection, List<CellId> senders, List<CellId> receivers) {
            if (senders.isEmpty() || receivers.isEmpty()) {
                return;
            }
            int to = receivers.get(0).index();
            blocks.add(
                    new Block(
                            kind,
                            projection,
                            size,
                            senders.get(0).index(),
                            senders.size(),
                            to,
                            receivers.size(),
                            slots[to]));
            for (int k = 0; k < receivers.size(); k++) {
                slots[to + k] += senders.size();
            }
            size += senders.size() * receivers.size();
        }

        /** Number of inbox slots of every cell. */
        int[] slots() {
            return slots;
        }

        Links build() {
            return new Links(blocks, size);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Link get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("there are %d links, no %d".formatted(size, index));
        }
        Block b = block(index);
        int receiver = (index - b.begin()) / b.senders();
        int sender = (index - b.begin()) % b.senders();
        return new Link(
                index,
                b.kind(),
                b.projection(),
                b.firstSender() + sender,
                b.firstReceiver() + receiver,
                b.firstSlot() + sender);
    }

    /**
     * {@return the index of the sending cell}
     *
     * @param link index of the link
     */
    public int from(int link) {
        Block b = block(link);
        return b.firstSender() + (link - b.begin()) % b.senders();
    }

    /**
     * {@return the index of the receiving cell}
     *
     * @param link index of the link
     */
    public int to(int link) {
        Block b = block(link);
        return b.firstReceiver() + (link - b.begin()) / b.senders();
    }

    /**
     * {@return the position of the link's inbox slot at the receiving cell}
     *
     * @param link index of the link
     */
    public int slot(int link) {
        Block b = block(link);
        return b.firstSlot() + (link - b.begin()) % b.senders();
    }

    /**
     * {@return the index of the link that ends in a slot of a cell}
     *
     * @param cell index of the receiving cell
     * @param slot one of its inbox slots
     */
    public int into(int cell, int slot) {
        for (Block b : blocks) {
            int sender = slot - b.firstSlot();
            if (receives(b, cell) && sender >= 0 && sender < b.senders()) {
                return b.begin() + (cell - b.firstReceiver()) * b.senders() + sender;
            }
        }
        throw new IndexOutOfBoundsException("cell %d has no slot %d".formatted(cell, slot));
    }

    /**
     * Writes some links down, in their order.
     *
     * @param some links of one wiring
     * @param out receives them
     */
    public static void save(List<Link> some, StateWriter out) {
        out.writeInts(some.stream().mapToInt(Link::index).toArray());
    }

    /**
     * {@return the links of this wiring that {@link #save} wrote, immutable}
     *
     * @param in where they were written
     */
    public List<Link> load(StateReader in) {
        List<Link> some = new ArrayList<>();
        for (int k = in.readCount(Integer.MAX_VALUE, Integer.BYTES); k > 0; k--) {
            some.add(get(in.readInt(0, size - 1)));
        }
        return List.copyOf(some);
    }

    /** The links on which a cell sends one kind of signal along one projection. */
    Fan fan(int cell, int projection, Link.Kind kind) {
        for (Block b : blocks) {
            if (b.projection() == projection && b.kind() == kind && sends(b, cell)) {
                return fan(b, cell);
            }
        }
        return Fan.NONE;
    }

    /** The links on which a cell sends, by index. */
    List<Link> outgoing(int cell) {
        List<Link> out = new ArrayList<>();
        for (Block b : blocks) {
            Fan fan = sends(b, cell) ? fan(b, cell) : Fan.NONE;
            for (int k = 0; k < fan.links(); k++) {
                out.add(get(fan.link(k)));
            }
        }
        return out;
    }

    /** The cells that project to a cell, ascending. */
    int[] sources(int cell) {
        return Arrays.stream(blocks)
                .filter(b -> b.kind() == Link.Kind.ACTIVITY && receives(b, cell))
                .flatMapToInt(b -> IntStream.range(b.firstSender(), b.firstSender() + b.senders()))
                .sorted()
                .distinct()
                .toArray();
    }

    private static boolean sends(Block b, int cell) {
        return cell >= b.firstSender() && cell < b.firstSender() + b.senders();
    }

    private static boolean receives(Block b, int cell) {
        return cell >= b.firstReceiver() && cell < b.firstReceiver() + b.receivers();
    }

    private static Fan fan(Block b, int cell) {
        return new Fan(b.begin() + cell - b.firstSender(), b.senders(), b.receivers());
    }

    private Block block(int link) {
        int k = Arrays.binarySearch(begins, link);
        return blocks[k >= 0 ? k : -2 - k];
    }
}
