import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.IdxDataSet;
import org.relaxon.experiments.data.Strokes;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;

/**
 * Predictive coding with labels above and images below. To learn, label and image are both held.
 * Afterwards the image, or its upper half, is held, and the network finds the label and the rest.
 */
public class Completion {
    private static final int SIDE = 14;
    private static final int PIXELS = SIDE * SIDE;
    private static final int BATCH = 50;
    private static final boolean[] UPPER = held(PIXELS / 2);
    private static final boolean[] ALL = held(PIXELS);

    private final Session session;
    private final Matrix one = Matrix.of(1, BATCH, ones());

    Completion(Session session) {
        this.session = session;
    }

    /** A prior of the labels, features of the labels, pixels of the features. */
    static Network network(Matrix images) {
        Network network = new NetworkBuilder(StandardLoss.SQUARED)
                .input("one", 1)
                .hidden("label", 10, StandardActivation.LINEAR)
                .hidden("features", 100, StandardActivation.TANH)
                .output("image", PIXELS, StandardActivation.LINEAR)
                .project("prior", "one", "label")
                .project("features", "label", "features")
                .project("pixels", "features", "image")
                .build(new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 1));
        double[] mean = network.parameters().biases(network.output().index());
        Arrays.setAll(mean, i -> IntStream.range(0, images.columns()).mapToDouble(k -> images.get(i, k)).average().orElse(0));
        return network;
    }

    void learn(Matrix labels, Matrix images, double rate) {
        Phase phase = Phase.free(one).clamping("label", labels).clamping("image", images);
        session.learn(settled(phase), Estimator.ONE_SIDED, rate / BATCH);
    }

    /** The network at rest with some pixels held: activities of labels and of images. */
    Matrix[] complete(Matrix images, boolean[] held) {
        Equilibrium rest = settled(Phase.free(one).clamping("image", images, held)).equilibrium();
        return new Matrix[] {rest.activity(1), rest.activity(3)};
    }

    private Settled settled(Phase phase) {
        Settlement verdict = session.settle(phase, Budget.DEFAULT);
        if (verdict instanceof Settled settled) {
            return settled;
        }
        throw new IllegalStateException(verdict.toString());
    }

    public static void main(String[] args) throws IOException {
        try {
            int epochs = args.length > 0 ? epochs(args[0]) : 6;
            boolean files = args.length > 1;
            DataSet training = files ? IdxDataSet.open("images", Path.of(args[1]), true) : new Strokes(1, 300);
            DataSet test = files ? IdxDataSet.open("images", Path.of(args[1]), false) : new Strokes(2, 100);
            run(epochs, training, test, args.length > 2 ? Path.of(args[2]) : null);
        } catch (NumberFormatException | FileSystemException | MalformedFileException e) {
            System.err.printf("usage: Completion [EPOCHS [MNIST_DIRECTORY [PICTURE.png]]]: %s%n", e.getMessage());
            System.exit(2);
        }
    }

    private static int epochs(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new NumberFormatException("EPOCHS: \"" + text + "\" is not a whole number from 0 to 999999");
        }
        return Integer.parseInt(text);
    }

    private static void run(int epochs, DataSet training, DataSet test, Path picture) throws IOException {
        int examples = Math.min(training.size(), 10_000);
        int tests = Math.min(test.size(), 1_000);
        RunPlan plan = RunPlan.of(PredictiveCoding.coordinate())
                .withDelay(Delays.exponential(1_000_000))
                .withThreshold(1e-3)
                .withTolerance(0.3)
                .withResolution(Double.POSITIVE_INFINITY); // states are needed, and no update to some digits
        Matrix mean = images(training, 0, examples);
        try (Host host = Hosts.virtual(); Session session = host.open(network(mean), plan)) {
            Completion net = new Completion(session);
            for (int k = 0; k < epochs * (examples / BATCH); k++) {
                int first = k % (examples / BATCH) * BATCH;
                net.learn(labels(training, first), images(training, first, BATCH), 0.05);
            }
            Matrix average = Matrix.column(network(mean).parameters().biases(3));
            double[] sums = new double[4]; // labels from all, labels from half, error, error of the mean
            for (int first = 0; first < tests; first += BATCH) {
                Matrix truth = images(test, first, BATCH);
                Matrix[] half = net.complete(truth, UPPER);
                sums[0] += right(net.complete(truth, ALL)[0], test, first);
                sums[1] += right(half[0], test, first);
                sums[2] += lowerError(truth, half[1]);
                sums[3] += lowerError(truth, average);
                if (first == 0 && picture != null) {
                    ImageIO.write(picture(truth, half[1]), "png", picture.toFile());
                }
            }
            System.out.printf(Locale.ROOT, "labels inferred from whole images: %.3f%n", sums[0] / tests);
            System.out.printf(Locale.ROOT, "labels inferred from upper halves: %.3f%n", sums[1] / tests);
            System.out.printf(Locale.ROOT, "squared error of lower halves, 1 is that of the mean image: %.3f%n", sums[2] / sums[3]);
        }
    }

    private static boolean[] held(int upTo) {
        boolean[] held = new boolean[PIXELS];
        Arrays.fill(held, 0, upTo, true);
        return held;
    }

    private static double[] ones() {
        double[] ones = new double[BATCH];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Matrix labels(DataSet data, int first) {
        double[] labels = new double[10 * BATCH];
        for (int k = 0; k < BATCH; k++) {
            labels[data.label(first + k) * BATCH + k] = 1;
        }
        return Matrix.of(10, BATCH, labels);
    }

    /** Means over squares of four pixels, from 0 to 1; shape (PIXELS, count). */
    private static Matrix images(DataSet data, int first, int count) {
        double[] images = new double[PIXELS * count];
        double[] one = new double[4 * PIXELS];
        for (int k = 0; k < count; k++) {
            data.input(first + k, one, 0, 1);
            for (int i = 0; i < one.length; i++) {
                int pixel = i / (2 * SIDE) / 2 * SIDE + i % (2 * SIDE) / 2;
                images[pixel * count + k] += (one[i] + 1) / 8;
            }
        }
        return Matrix.of(PIXELS, count, images);
    }

    private static int right(Matrix labels, DataSet data, int first) {
        return (int) IntStream.range(0, BATCH)
                .filter(k -> IntStream.range(0, 10).allMatch(c -> labels.get(c, k) <= labels.get(data.label(first + k), k)))
                .count();
    }

    private static double lowerError(Matrix truth, Matrix found) {
        double sum = 0;
        for (int i = PIXELS / 2; i < PIXELS; i++) {
            for (int k = 0; k < BATCH; k++) {
                sum += Math.pow(found.get(i, found.columns() == 1 ? 0 : k) - truth.get(i, k), 2);
            }
        }
        return sum;
    }

    /** Twelve images in three rows: the image, what is held of it, what the network finds. */
    private static BufferedImage picture(Matrix truth, Matrix found) {
        int cell = 4 * (SIDE + 1);
        BufferedImage picture = new BufferedImage(12 * cell, 3 * cell, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int row = y % cell / 4;
                int column = x % cell / 4;
                boolean margin = row == SIDE || column == SIDE;
                boolean hidden = y / cell == 1 && row >= SIDE / 2;
                double v = margin ? 1 : hidden ? 0.5 : (y / cell == 2 ? found : truth).get(row * SIDE + column, x / cell);
                picture.getRaster().setSample(x, y, 0, (int) (255 * Math.max(0, Math.min(1, v))));
            }
        }
        return picture;
    }
}
