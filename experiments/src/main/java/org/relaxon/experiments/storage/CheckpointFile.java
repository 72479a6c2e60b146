package org.relaxon.experiments.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.SettingChange;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.RunReport.Ledger;

/**
 * Checkpoints on disk: 8 bytes of magic, version (int), then twice a length (int) and a CRC-32C
 * (int), then the two contents: provenance and state; big-endian. The provenance can be read
 * without knowing the network. A file is written under a temporary name, forced to the device and
 * renamed, so that the old or the new one is always complete under its name.
 */
public final class CheckpointFile {
    private static final long MAGIC = 0x52454C4158434B50L; // RELAXCKP
    private static final int VERSION = 7;
    private static final int HEADER = 28;
    private static final int CURVE_MAX = 1_000_000;
    private static final int CHANGES_MAX = 10_000;
    private static final int PROVENANCE_MAX = 1 << 20;

    /** Bytes of curve, changes and counts. */
    private static final long BESIDE_MAX = 128L * CURVE_MAX + 1024L * CHANGES_MAX + 1_000_000L;

    private CheckpointFile() {}

    /**
     * Writes a checkpoint; an older one is replaced.
     *
     * @param file to be created or replaced
     * @param checkpoint to be stored
     * @param network that is trained
     * @throws IOException if the file cannot be written; the older one then stays
     */
    public static void write(Path file, Checkpoint checkpoint, Network network) throws IOException {
        byte[] settings = encode(checkpoint.provenance());
        byte[] state = encode(checkpoint, network);
        ByteBuffer head = ByteBuffer.allocate(HEADER);
        head.putLong(MAGIC).putInt(VERSION);
        head.putInt(settings.length).putInt(crc(settings));
        head.putInt(state.length).putInt(crc(state)).flip();
        WholeFile.replace(
                file,
                out -> {
                    out.write(head.array(), 0, head.limit());
                    out.write(settings);
                    out.write(state);
                });
    }

    /**
     * {@return the provenance of a checkpoint, read without its state}
     *
     * @param file of the checkpoint
     * @throws MalformedFileException if the file is not complete
     */
    public static Provenance provenance(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            ByteBuffer head = head(file, in);
            return provenance(file, part(file, in, head.getInt(), head.getInt()));
        }
    }

    /**
     * Reads a checkpoint of a network.
     *
     * @param file of the checkpoint
     * @param network that is trained
     * @return the checkpoint
     * @throws MalformedFileException if the file is not complete or not of this network
     */
    public static Checkpoint read(Path file, Network network) throws IOException {
        long most = HEADER + PROVENANCE_MAX + size(network, BESIDE_MAX);
        try (FileChannel channel = FileChannel.open(file);
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            long length = channel.size(); // of the opened file, which a writer may replace
            if (length > most) {
                throw damaged(file, "length %d, at most %d".formatted(length, most));
            }
            ByteBuffer head = head(file, in);
            byte[] settings = part(file, in, head.getInt(), head.getInt());
            int promised = head.getInt();
            requireLength(file, length - HEADER - settings.length, promised);
            byte[] state = whole(file, in, promised, head.getInt());
            return decode(file, state, provenance(file, settings), network);
        }
    }

    private static ByteBuffer head(Path file, DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(HEADER);
        if (!beginsAsCheckpoint(bytes)) {
            throw new MalformedFileException(
                    file.toString(),
                    "this",
                    "no checkpoint of relaxon",
                    "a file that train wrote; name another file, or none that exists");
        }
        if (bytes.length < HEADER) {
            throw cut(file, bytes.length, HEADER);
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        head.getLong();
        int version = head.getInt();
        if (version != VERSION) {
            throw new MalformedFileException(
                    file.toString(),
                    "this",
                    "a checkpoint in format %d, of another build".formatted(version),
                    "format %d; go on with that build, or remove the file to train from the start"
                            .formatted(VERSION));
        }
        return head;
    }

    private static boolean beginsAsCheckpoint(byte[] bytes) {
        byte[] magic = ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array();
        int length = Math.min(bytes.length, Long.BYTES);
        return length > 0 && Arrays.equals(bytes, 0, length, magic, 0, length);
    }

    private static byte[] part(Path file, DataInputStream in, int length, int sum)
            throws IOException {
        if (length < 0 || length > PROVENANCE_MAX) {
            throw damaged(file, "length of provenance %d".formatted(length));
        }
        return whole(file, in, length, sum);
    }

    private static byte[] whole(Path file, DataInputStream in, int length, int sum)
            throws IOException {
        byte[] bytes = in.readNBytes(length);
        requireLength(file, bytes.length, length);
        if (sum != crc(bytes)) {
            throw damaged(file, "checksum %08x, stored %08x".formatted(crc(bytes), sum));
        }
        return bytes;
    }

    private static void requireLength(Path file, long found, int promised)
            throws MalformedFileException {
        if (found < promised) {
            throw cut(file, found, promised);
        }
        if (found > promised) {
            throw damaged(file, "%d bytes in place of %d".formatted(found, promised));
        }
    }

    private static MalformedFileException cut(Path file, long found, long promised) {
        return broken(file, "cut short: a part has %d of %d bytes".formatted(found, promised));
    }

    private static MalformedFileException damaged(Path file, String where) {
        return broken(file, "damaged: " + where);
    }

    private static MalformedFileException broken(Path file, String how) {
        return new MalformedFileException(
                file.toString(),
                "this",
                "a checkpoint that is " + how,
                "a whole one; restore a copy of it, or remove it to train from the start");
    }

    /**
     * Bytes that the longest state of this network may have: parameters, two memories of their
     * shapes, and all else.
     *
     * @param beside bytes of all else
     */
    static long size(Network network, long beside) {
        long numbers = rows(network.parameters(), network).stream().mapToLong(r -> r.length).sum();
        return 3L * Double.BYTES * numbers + beside;
    }

    private static int crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static byte[] encode(Provenance provenance) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(provenance.settings().size());
            for (Map.Entry<String, Setting> one : provenance.settings().entrySet()) {
                out.writeUTF(one.getKey());
                out.writeUTF(one.getValue().value());
                out.writeUTF(one.getValue().shown());
            }
        }
        return bytes.toByteArray();
    }

    private static Provenance provenance(Path file, byte[] bytes) throws IOException {
        SortedMap<String, Setting> settings = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int left = in.readInt(); left > 0; left--) {
                settings.put(in.readUTF(), new Setting(in.readUTF(), in.readUTF()));
            }
            return new Provenance(settings);
        } catch (EOFException | UTFDataFormatException e) {
            throw damaged(file, "provenance of %d bytes".formatted(bytes.length));
        }
    }

    private static byte[] encode(Checkpoint c, Network network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(c.step());
            out.writeLong(c.ledger().messages());
            out.writeLong(c.ledger().relaxations());
            out.writeLong(c.ledger().criticalPath());
            out.writeLong(c.ledger().synapticOperations());
            out.writeLong(c.dropped());
            out.writeLong(c.restless());
            out.writeInt(c.curve().size());
            for (Evaluation e : c.curve()) {
                out.writeLong(e.step());
                out.writeDouble(e.epochs());
                out.writeDouble(e.trainLoss());
                out.writeDouble(e.trainAccuracy());
                out.writeDouble(e.testLoss());
                out.writeDouble(e.testAccuracy());
                out.writeDouble(e.trainR2());
                out.writeDouble(e.testR2());
                out.writeInt(e.unsettled());
                out.writeDouble(e.cosine());
                out.writeDouble(e.oneMinusCosine());
            }
            out.writeInt(c.changes().size());
            for (SettingChange change : c.changes()) {
                out.writeLong(change.step());
                out.writeUTF(change.name());
                out.writeUTF(change.before());
                out.writeUTF(change.now());
            }
            out.writeInt(c.memories().size());
            write(out, c.parameters(), network);
            for (Parameters memory : c.memories()) {
                write(out, memory, network);
            }
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Parameters p, Network network)
            throws IOException {
        for (double[] row : rows(p, network)) {
            ByteBuffer buffer = ByteBuffer.allocate(8 * row.length);
            buffer.asDoubleBuffer().put(row);
            out.write(buffer.array());
        }
    }

    private static Checkpoint decode(
            Path file, byte[] payload, Provenance provenance, Network network) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            long step = in.readLong();
            Ledger ledger = new Ledger(in.readLong(), in.readLong(), in.readLong(), in.readLong());
            long dropped = in.readLong();
            long restless = in.readLong();
            int points = in.readInt();
            if (points < 0 || points > CURVE_MAX) {
                throw damaged(file, "%d evaluations".formatted(points));
            }
            List<Evaluation> curve = new ArrayList<>();
            for (int k = 0; k < points; k++) {
                curve.add(
                        new Evaluation(
                                in.readLong(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readInt(),
                                in.readDouble(),
                                in.readDouble()));
            }
            List<SettingChange> changes = changes(file, in);
            int count = in.readInt();
            if (count < 0 || count > 2) {
                throw damaged(file, "%d memories".formatted(count));
            }
            Parameters parameters = read(in, network);
            List<Parameters> memories = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                memories.add(read(in, network));
            }
            if (in.read() != -1) {
                throw damaged(file, "%d bytes left over".formatted(in.available() + 1L));
            }
            return new Checkpoint(
                    provenance,
                    step,
                    ledger,
                    dropped,
                    restless,
                    curve,
                    changes,
                    parameters,
                    memories);
        } catch (EOFException e) {
            throw damaged(file, "%d bytes, fewer than its network needs".formatted(payload.length));
        }
    }

    private static List<SettingChange> changes(Path file, DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > CHANGES_MAX) {
            throw damaged(file, "%d changes".formatted(count));
        }
        List<SettingChange> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(new SettingChange(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF()));
        }
        return out;
    }

    private static Parameters read(DataInputStream in, Network network) throws IOException {
        Parameters p = network.zeros();
        for (double[] row : rows(p, network)) {
            byte[] bytes = new byte[8 * row.length];
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(row);
        }
        return p;
    }

    /** All arrays of numbers, in a fixed order. */
    private static List<double[]> rows(Parameters p, Network network) {
        List<double[]> out = new ArrayList<>();
        for (int k = 0; k < network.projections().size(); k++) {
            out.addAll(List.of(p.weights(k)));
        }
        for (int k = 0; k < network.populations().size(); k++) {
            out.add(p.biases(k));
        }
        for (int k = 0; k < network.projections().size(); k++) {
            out.addAll(List.of(p.feedback(k))); // none unless it has weights of its own
        }
        return out;
    }
}
