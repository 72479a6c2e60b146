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
 * All links of a wiring, by index. The links of one kind on one projection are numbered receiver by
 * receiver, and within a receiver sender by sender. Where all cells of the two populations are
 * linked, nothing is stored per link: both ends follow from the index by a division. Elsewhere a
 * link takes four bytes, and its ends are found by a search. Immutable.
 */
public final class Links extends AbstractList<Link> implements RandomAccess {
    /**
     * The links of one kind on one projection.
     *
     * @param firstSlots inbox slot of a receiver's first link here, by position; only one number if
     *     it is the same for all
     */
    private record Block(
            Link.Kind kind,
            int projection,
            int firstSender,
            int senders,
            int firstReceiver,
            int receivers,
            int[] firstSlots,
            Fan fan) {
        int begin() {
            return fan.begin();
        }

        Adjacency into() {
            return fan.into();
        }

        boolean sends(int cell) {
            return cell >= firstSender && cell < firstSender + senders;
        }

        boolean receives(int cell) {
            return cell >= firstReceiver && cell < firstReceiver + receivers;
        }

        /** Position of the receiver of a link. */
        int receiver(int link) {
            return into().rowOf(link - begin());
        }

        /** Place of a link among those of its receiver. */
        int place(int link, int receiver) {
            return link - begin() - into().begin(receiver);
        }

        int firstSlot(int receiver) {
            return firstSlots[firstSlots.length == 1 ? 0 : receiver];
        }
    }

    private final Block[] blocks;
    private final int[] begins; // of the blocks, ascending
    private final int shift; // links of one entry of the index, as a power of 2
    private final int[] index; // the block of each entry's first link
    private final int size;

    private Links(List<Block> blocks, int size) {
        this.blocks = blocks.toArray(Block[]::new);
        this.begins = blocks.stream().mapToInt(Block::begin).toArray();
        this.size = size;
        shift = Math.max(0, 32 - Integer.numberOfLeadingZeros(size / (begins.length + 1)) - 1);
        index = new int[(size >>> shift) + 1];
        for (int entry = 0; entry < index.length; entry++) {
            index[entry] = search(entry << shift);
        }
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

        /**
         * Links cells; both lists are runs of consecutive ones.
         *
         * @param into for each receiver, the positions of its senders
         * @param outOf the same pairs, with a row for each sender
         */
        void link(
                Link.Kind kind,
                int projection,
                List<CellId> senders,
                List<CellId> receivers,
                Adjacency into,
                Adjacency outOf) {
            if (into.size() == 0) {
                return;
            }
            int to = receivers.get(0).index();
            int[] first = Arrays.copyOfRange(slots, to, to + receivers.size());
            boolean same = Arrays.stream(first).allMatch(slot -> slot == first[0]);
            blocks.add(
                    new Block(
                            kind,
                            projection,
                            senders.get(0).index(),
                            senders.size(),
                            to,
                            receivers.size(),
                            same ? new int[] {first[0]} : first,
                            new Fan(size, into, outOf)));
            for (int k = 0; k < receivers.size(); k++) {
                slots[to + k] += into.count(k);
            }
            size += into.size();
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
        int receiver = b.receiver(index);
        int place = b.place(index, receiver);
        return new Link(
                index,
                b.kind(),
                b.projection(),
                b.firstSender() + b.into().partner(receiver, place),
                b.firstReceiver() + receiver,
                b.firstSlot(receiver) + place);
    }

    /**
     * {@return the index of the sending cell}
     *
     * @param link index of the link
     */
    public int from(int link) {
        Block b = block(link);
        int receiver = b.receiver(link);
        return b.firstSender() + b.into().partner(receiver, b.place(link, receiver));
    }

    /**
     * {@return the index of the receiving cell}
     *
     * @param link index of the link
     */
    public int to(int link) {
        Block b = block(link);
        return b.firstReceiver() + b.receiver(link);
    }

    /**
     * {@return the position of the link's inbox slot at the receiving cell}
     *
     * @param link index of the link
     */
    public int slot(int link) {
        Block b = block(link);
        int receiver = b.receiver(link);
        return b.firstSlot(receiver) + b.place(link, receiver);
    }

    /**
     * {@return the index of the link that ends in a slot of a cell}
     *
     * @param cell index of the receiving cell
     * @param slot one of its inbox slots
     */
    public int into(int cell, int slot) {
        for (Block b : blocks) {
            if (!b.receives(cell)) {
                continue;
            }
            int receiver = cell - b.firstReceiver();
            int place = slot - b.firstSlot(receiver);
            if (place >= 0 && place < b.into().count(receiver)) {
                return b.begin() + b.into().begin(receiver) + place;
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

    /**
     * The links of one kind on one projection, by the positions of their senders; {@link Fan#NONE}
     * if there are none.
     */
    Fan fan(int projection, Link.Kind kind) {
        for (Block b : blocks) {
            if (b.projection() == projection && b.kind() == kind) {
                return b.fan();
            }
        }
        return Fan.NONE;
    }

    /** The links on which a cell sends, by index. */
    List<Link> outgoing(int cell) {
        List<Link> out = new ArrayList<>();
        for (Block b : blocks) {
            int sender = cell - b.firstSender();
            for (int k = 0; b.sends(cell) && k < b.fan().links(sender); k++) {
                out.add(get(b.fan().link(sender, k)));
            }
        }
        return out;
    }

    /** The links on which a cell receives, by index. */
    List<Link> incoming(int cell) {
        List<Link> out = new ArrayList<>();
        for (Block b : blocks) {
            int receiver = cell - b.firstReceiver();
            for (int k = 0; b.receives(cell) && k < b.into().count(receiver); k++) {
                out.add(get(b.begin() + b.into().begin(receiver) + k));
            }
        }
        return out;
    }

    /** The cells that project to a cell, ascending. */
    int[] sources(int cell) {
        return Arrays.stream(blocks)
                .filter(b -> b.kind() == Link.Kind.ACTIVITY && b.receives(cell))
                .flatMapToInt(b -> senders(b, cell - b.firstReceiver()))
                .sorted()
                .distinct()
                .toArray();
    }

    private static IntStream senders(Block b, int receiver) {
        return IntStream.range(0, b.into().count(receiver))
                .map(k -> b.firstSender() + b.into().partner(receiver, k));
    }

    private Block block(int link) {
        int k = index[link >>> shift];
        while (k + 1 < begins.length && begins[k + 1] <= link) {
            k++;
        }
        return blocks[k];
    }

    private int search(int link) {
        int k = Arrays.binarySearch(begins, link);
        return k >= 0 ? k : -2 - k;
    }
}
