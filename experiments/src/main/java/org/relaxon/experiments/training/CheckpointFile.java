package org.relaxon.experiments.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.relaxon.experiments.data.MalformedFileException;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * Checkpoints on disk: 8 bytes of magic, version (int), length of the payload (int), CRC-32C of the
 * payload (int), payload; big-endian. A file is written beside its name, forced to the device and
 * renamed, so that under the name there is always a whole one, the old or the new.
 */
public final class CheckpointFile {
    private static final long MAGIC = 0x52454C4158434B50L; // RELAXCKP
    private static final int VERSION = 3;
    private static final int HEADER = 20;
    private static final int CURVE_MAX = 1_000_000;

    private CheckpointFile() {}

    /** Writes a checkpoint, in place of an older one. */
    public static void write(Path file, Checkpoint checkpoint, Network network) throws IOException {
        byte[] payload = encode(checkpoint, network);
        ByteBuffer head = ByteBuffer.allocate(HEADER);
        head.putLong(MAGIC).putInt(VERSION).putInt(payload.length).putInt(crc(payload)).flip();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (ByteBuffer part : List.of(head, ByteBuffer.wrap(payload))) {
                while (part.hasRemaining()) {
                    out.write(part);
                }
            }
            out.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads a checkpoint of a network.
     *
     * @throws MalformedFileException if the file is not whole or not of this network
     */
    public static Checkpoint read(Path file, Network network) throws IOException {
        long most = HEADER + size(network);
        long length = Files.size(file);
        if (length < HEADER || length > most) {
            throw bad(file, "length", length, HEADER + " to " + most);
        }
        byte[] all = Files.readAllBytes(file);
        ByteBuffer head = ByteBuffer.wrap(all);
        long magic = head.getLong();
        if (magic != MAGIC) {
            throw bad(file, "first 8 bytes", magic, "those of a checkpoint, " + MAGIC);
        }
        int version = head.getInt();
        if (version != VERSION) {
            throw bad(file, "version", version, Integer.toString(VERSION));
        }
        int promised = head.getInt();
        if (promised != all.length - HEADER) {
            throw bad(file, "length of content", all.length - HEADER, Integer.toString(promised));
        }
        byte[] payload = java.util.Arrays.copyOfRange(all, HEADER, all.length);
        int sum = head.getInt();
        if (sum != crc(payload)) {
            throw bad(file, "checksum", crc(payload), Integer.toString(sum));
        }
        return decode(file, payload, network);
    }

    private static MalformedFileException bad(Path file, String what, long found, String allowed) {
        return new MalformedFileException(file.toString(), what, found, allowed);
    }

    /** More than any checkpoint of this network needs. */
    private static long size(Network network) {
        long numbers = 0;
        Parameters p = network.parameters();
        for (int k = 0; k < network.projections().size(); k++) {
            numbers += (long) p.weights(k).length * p.weights(k)[0].length;
            numbers += p.weights(k).length;
        }
        return 3 * 8 * numbers + 128L * CURVE_MAX + 1_000_000L;
    }

    private static int crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static byte[] encode(Checkpoint c, Network network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(c.identity());
            out.writeLong(c.step());
            out.writeLong(c.messages());
            out.writeLong(c.synapticOperations());
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

    private static Checkpoint decode(Path file, byte[] payload, Network network)
            throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            String identity = in.readUTF();
            long step = in.readLong();
            long messages = in.readLong();
            long operations = in.readLong();
            long dropped = in.readLong();
            long restless = in.readLong();
            int points = in.readInt();
            if (points < 0 || points > CURVE_MAX) {
                throw bad(file, "evaluations", points, "0 to " + CURVE_MAX);
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
                                in.readDouble()));
            }
            int count = in.readInt();
            if (count < 0 || count > 2) {
                throw bad(file, "memories", count, "0 to 2");
            }
            Parameters parameters = read(in, network);
            List<Parameters> memories = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                memories.add(read(in, network));
            }
            if (in.read() != -1) {
                throw bad(file, "bytes left over", in.available() + 1L, "0");
            }
            return new Checkpoint(
                    identity,
                    step,
                    messages,
                    operations,
                    dropped,
                    restless,
                    curve,
                    parameters,
                    memories);
        } catch (java.io.EOFException e) {
            throw bad(file, "content", payload.length, "as many bytes as the network needs");
        }
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
        return out;
    }
}
