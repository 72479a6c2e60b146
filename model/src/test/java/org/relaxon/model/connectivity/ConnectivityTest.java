package org.relaxon.model.connectivity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.connectivity.Connectivity.Image;
import org.relaxon.model.connectivity.Connectivity.Kernel;
import org.relaxon.model.connectivity.Connectivity.Onto;
import org.relaxon.model.math.CounterRandom;

class ConnectivityTest {
    private static final int NONE = -1;

    /** For each pair of neurons row and place of its strength, -1 for both if there is none. */
    private static int[][][] table(Connectivity c, int presynaptic, int postsynaptic) {
        int[][][] out = new int[postsynaptic][presynaptic][];
        for (int i = 0; i < postsynaptic; i++) {
            Arrays.setAll(out[i], j -> new int[] {NONE, NONE});
            Onto onto = c.onto(i, presynaptic);
            for (int k = 0; k < onto.presynaptic().length; k++) {
                out[i][onto.presynaptic()[k]] = new int[] {onto.row(), onto.numbers()[k]};
            }
        }
        return out;
    }

    /** Channels, height and width; filters; kernel, stride and padding. */
    @ParameterizedTest
    @CsvSource({
        "1,3,4, 1, 2,1,0",
        "2,4,5, 3, 3,1,1",
        "3,5,4, 2, 3,2,1",
        "1,6,7, 2, 2,3,0",
        "2,3,3, 1, 3,2,2",
        "1,2,5, 4, 1,1,0"
    })
    void aConvolutionIsWhatItsDefinitionStates(
            int channels, int height, int width, int filters, int size, int stride, int padding) {
        Kernel kernel = new Kernel(size, stride, padding);
        Connectivity c =
                Connectivity.convolution(new Image(channels, height, width), filters, kernel);
        int tall = (height + 2 * padding - size) / stride + 1;
        int wide = (width + 2 * padding - size) / stride + 1;
        int pre = channels * height * width;
        int post = filters * tall * wide;
        c.requireFit(pre, post);

        int[][][] expected = new int[post][pre][];
        for (int[][] row : expected) {
            Arrays.setAll(row, j -> new int[] {NONE, NONE});
        }
        int synapses = 0;
        for (int f = 0; f < filters; f++) {
            for (int y = 0; y < tall; y++) {
                for (int x = 0; x < wide; x++) {
                    for (int in = 0; in < channels; in++) {
                        for (int ky = 0; ky < size; ky++) {
                            for (int kx = 0; kx < size; kx++) {
                                int i = y * stride - padding + ky;
                                int j = x * stride - padding + kx;
                                if (i < 0 || i >= height || j < 0 || j >= width) {
                                    continue;
                                }
                                synapses++;
                                expected[(f * tall + y) * wide + x][(in * height + i) * width + j] =
                                        new int[] {f, (in * size + ky) * size + kx};
                            }
                        }
                    }
                }
            }
        }
        assertTrue(Arrays.deepEquals(expected, table(c, pre, post)));
        assertEquals(synapses, c.synapses(pre, post));
        assertEquals(filters, c.rows(post));
        assertEquals(channels * size * size, c.rowLength(pre));
        assertTrue(c.shares());
        assertThrows(IllegalArgumentException.class, () -> c.requireFit(pre, post + 1));
        assertThrows(IllegalArgumentException.class, () -> c.requireFit(pre + 1, post));
    }

    /** What reaches backwards through a convolution reaches forwards through its transpose. */
    @ParameterizedTest
    @CsvSource({"2,3,4, 3, 3,1,1", "1,4,5, 2, 2,2,0", "3,3,5, 1, 3,2,1", "1,7,4, 1, 3,3,0"})
    void aTransposedConvolutionIsTheTranspose(
            int channels, int height, int width, int filters, int size, int stride, int padding) {
        Kernel kernel = new Kernel(size, stride, padding);
        int tall = (height - 1) * stride + size - 2 * padding;
        int wide = (width - 1) * stride + size - 2 * padding;
        int pre = channels * height * width;
        int post = filters * tall * wide;
        Connectivity up =
                Connectivity.transposedConvolution(
                        new Image(channels, height, width), filters, kernel);
        up.requireFit(pre, post);
        Connectivity down =
                Connectivity.convolution(new Image(filters, tall, wide), channels, kernel);
        down.requireFit(post, pre);

        int[][][] there = table(up, pre, post);
        int[][][] back = table(down, post, pre);
        int area = size * size;
        int met = 0;
        for (int i = 0; i < post; i++) {
            for (int j = 0; j < pre; j++) {
                if (there[i][j][0] == NONE) {
                    assertEquals(NONE, back[j][i][0]);
                    continue;
                }
                met++;
                assertEquals(there[i][j][1] % area, back[j][i][1] % area, "place in the window");
                assertEquals(there[i][j][1] / area, back[j][i][0], "channel of the small image");
                assertEquals(there[i][j][0], back[j][i][1] / area, "channel of the large image");
            }
        }
        assertTrue(met > 0);
        assertThrows(IllegalArgumentException.class, () -> up.requireFit(pre, post - 1));
    }

    @Test
    void poolingTakesTheMeanOfSquaresOfOneChannel() {
        Connectivity c = Connectivity.averagePooling(new Image(2, 4, 5), 2);
        c.requireFit(40, 8);
        assertEquals(0.25, c.fixed());
        assertEquals(0, c.rows(8) * c.rowLength(40), "nothing is stored");
        assertEquals("[0, 1, 5, 6]", Arrays.toString(c.onto(0, 40).presynaptic()));
        assertEquals("[32, 33, 37, 38]", Arrays.toString(c.onto(7, 40).presynaptic()));
        assertThrows(IllegalArgumentException.class, () -> c.requireFit(40, 12));
        assertThrows(
                IllegalArgumentException.class,
                () -> Connectivity.averagePooling(new Image(2, 4, 5), 5));
    }

    /** The same holds for a connectivity of one's own; the twin stores a row for every neuron. */
    @Test
    void whatIsFixedStoresNothing() {
        Connectivity stored = new Own(new int[] {0, 2}, new int[] {0, 1});
        Connectivity fixed = new Own(new int[] {0, 2}, new int[] {0, 1}, 0.5);
        for (Connectivity c : List.of(fixed, Connectivity.scaled(fixed, 2.0))) {
            assertEquals(0, c.rows(8));
            assertEquals(0, c.rowLength(3));
            assertEquals(0, c.zeros(0, 1, 3).values().length);
        }
        assertEquals(8, stored.rows(8));
        assertEquals(2, stored.rowLength(3));
        assertEquals(1, stored.zeros(0, 1, 3).values().length);
    }

    @Test
    void everyNeuronDrawsItsOwnPresynapticOnesEvenly() {
        int pre = 40;
        int fanIn = 7;
        int neurons = 4_000;
        Connectivity c = Connectivity.random(fanIn, 3);
        c.requireFit(pre, neurons);
        int[] times = new int[pre];
        for (int i = 0; i < neurons; i++) {
            int[] drawn = c.onto(i, pre).presynaptic();
            assertEquals(fanIn, Arrays.stream(drawn).distinct().count());
            Arrays.stream(drawn).forEach(j -> times[j]++);
        }
        double mean = (double) neurons * fanIn / pre;
        double deviation = Math.sqrt(mean * (1.0 - (double) fanIn / pre));
        for (int count : times) {
            assertTrue(Math.abs(count - mean) <= 4.5 * deviation, Arrays.toString(times));
        }
        assertNotEquals(
                Arrays.toString(c.onto(0, pre).presynaptic()),
                Arrays.toString(Connectivity.random(fanIn, 4).onto(0, pre).presynaptic()));
        assertEquals(pre, Connectivity.random(pre, 1).onto(5, pre).presynaptic().length);
        assertThrows(IllegalArgumentException.class, () -> c.requireFit(fanIn - 1, 3));
        assertThrows(IllegalArgumentException.class, () -> Connectivity.random(0, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all-to-all",
                "random:100,seed=-7",
                "convolution:3x32x30,filters=8,kernel=5,stride=2,padding=4",
                "transposed-convolution:2x4x5,filters=1,kernel=3,stride=1,padding=0",
                "average-pooling:8x32x32,size=2",
                "others:all-to-all",
                "others:random:3,seed=2",
                "identity",
                "scaled:0.125:all-to-all",
                "scaled:2.5:identity",
                "scaled:0.1:others:random:3,seed=2"
            })
    void aTextIsReadBack(String text) {
        assertEquals(text, Connectivity.parse(text).spec());
        assertEquals(Connectivity.parse(text), Connectivity.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense | '\"dense\" is not one of all-to-all, random'",
                "all-to-all:3 | no parameters",
                "random:ten | random:100,seed=1",
                "random:0 | at least 1 synapse",
                "random:3,sed=1 | '\"sed\" is not one of seed'",
                "convolution:3x8x8,filter=3,kernel=3 | is not one of filters, kernel, padding",
                "random:3,seed=1,seed=2 | seed=2",
                "random:3,seed | NAME=NUMBER",
                "convolution:3x32,filters=8,kernel=3 | CHANNELSxHEIGHTxWIDTH",
                "convolution:3x32x32,kernel=3 | convolution needs filters=NUMBER",
                "convolution:3x4x4,filters=8,kernel=5 | has no place on 3x4x4",
                "convolution:3x8x8,filters=8,kernel=3,padding=3 | padding from 0 to size - 1",
                "convolution:3x8x8,filters=8,kernel=3,stride=0 | stride >= 1",
                "convolution:0x8x8,filters=8,kernel=3 | at least 1",
                "others:dense | '\"dense\" is not one of all-to-all, random'",
                "others:others:all-to-all | stated twice",
                "identity:3 | no parameters",
                "scaled:all-to-all | scaled:0.125:all-to-all",
                "scaled:x:all-to-all | scaled:0.125:all-to-all",
                "scaled:-1:all-to-all | above 0",
                "scaled:NaN:all-to-all | above 0",
                "scaled:Infinity:all-to-all | above 0",
                "scaled:0:identity | above 0",
                "scaled:2:scaled:3:identity | has one already",
                "others:scaled:2:all-to-all | scaled:2.0:others:all-to-all",
                "average-pooling:1x4x4,size=5 | from 1 to the side of 1x4x4",
                "average-pooling:1x4x4,size=99999999999 | out of range"
            })
    void aTextThatIsWrongIsRefusedWithTheReason(String text, String why) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Connectivity.parse(text))
                        .getMessage();
        assertTrue(message.contains(why), message);
    }

    /** Every neuron has as many synapses as it would have from a population without itself. */
    @Test
    void amongOthersNoNeuronReachesItself() {
        int n = 7;
        for (Connectivity among : List.of(Connectivity.allToAll(), Connectivity.random(3, 5))) {
            Connectivity c = Connectivity.others(among);
            c.requireFit(n, n);
            int fanIn = among.isMatrix() ? n - 1 : 3;
            assertEquals(fanIn, c.fanIn(n));
            assertEquals((long) fanIn * n, c.synapses(n, n));
            assertEquals(fanIn * n, c.zeros(0, n, n).synapses());
            boolean[] reached = new boolean[n];
            for (int i = 0; i < n; i++) {
                int[] pre = c.onto(i, n).presynaptic();
                int self = i;
                assertEquals(fanIn, Arrays.stream(pre).distinct().count());
                assertTrue(Arrays.stream(pre).noneMatch(j -> j == self || j < 0 || j >= n));
                Arrays.stream(pre).forEach(j -> reached[j] = true);
            }
            assertTrue(reached[0] && reached[n - 1], "both ends");
        }
        Connectivity all = Connectivity.others(Connectivity.allToAll());
        assertThrows(IllegalArgumentException.class, () -> all.requireFit(3, 4));
        assertThrows(IllegalArgumentException.class, () -> all.requireFit(1, 1));
        Connectivity kernel =
                Connectivity.others(
                        Connectivity.parse("convolution:1x3x3,filters=1,kernel=3,padding=1"));
        String shared =
                assertThrows(IllegalArgumentException.class, () -> kernel.requireFit(9, 9))
                        .getMessage();
        assertTrue(shared.contains("one kernel for all neurons"), shared);
        assertThrows(IllegalArgumentException.class, () -> Connectivity.others(all));
    }

    @Test
    void aUsersConnectivityWithWrongListsIsRefused() {
        Connectivity unsorted = new Own(new int[] {2, 0}, new int[] {0, 1});
        Connectivity beyond = new Own(new int[] {0, 3}, new int[] {0, 1});
        Connectivity misplaced = new Own(new int[] {0, 2}, new int[] {0, 2});
        Connectivity uneven = new Own(new int[] {0, 2}, new int[] {0});
        for (Connectivity wrong : new Connectivity[] {unsorted, beyond, misplaced, uneven}) {
            assertThrows(IllegalArgumentException.class, () -> wrong.zeros(0, 1, 3));
        }
        assertEquals(2, new Own(new int[] {0, 2}, new int[] {0, 1}).zeros(0, 1, 3).synapses());
    }

    private record Own(int[] presynaptic, int[] numbers, double fixed) implements Connectivity {
        Own(int[] presynaptic, int[] numbers) {
            this(presynaptic, numbers, Double.NaN);
        }

        @Override
        public String spec() {
            return "own";
        }

        @Override
        public void requireFit(int pre, int post) {
            // fits all
        }

        @Override
        public Onto onto(int neuron, int pre) {
            return new Onto(neuron, presynaptic, numbers);
        }

        @Override
        public int fanIn(int pre) {
            return 2;
        }

        @Override
        public long synapses(int pre, int post) {
            return (long) presynaptic.length * post;
        }
    }

    /** A connectivity counts its synapses itself; the largest fan-in stands in where none does. */
    @Test
    void theNumberOfSynapsesIsTheConnectivitysOwn() {
        Connectivity one = new Own(new int[] {1}, new int[] {0});
        assertEquals(5, one.synapses(4, 5));
        assertEquals(4, Connectivity.others(one).synapses(4, 4));
        assertEquals(10, Connectivity.random(2, 1).synapses(4, 5));
        assertEquals(12, Connectivity.others(Connectivity.allToAll()).synapses(4, 4));
    }

    /** Floyd's algorithm as it is published, with a set. */
    @Test
    void drawsAreThoseOfFloydsAlgorithm() {
        for (int fanIn : new int[] {1, 2, 3, 7, 64, 100, 500}) {
            for (int neuron = 0; neuron < 20; neuron++) {
                int presynaptic = fanIn + neuron * neuron;
                java.util.TreeSet<Integer> drawn = new java.util.TreeSet<>();
                for (int last = presynaptic - fanIn; last < presynaptic; last++) {
                    long bits = CounterRandom.bits(fanIn, neuron, last) >>> 32;
                    int one = (int) (bits * (last + 1L) >>> 32);
                    drawn.add(drawn.contains(one) ? last : one);
                }
                assertArrayEquals(
                        drawn.stream().mapToInt(Integer::intValue).toArray(),
                        Connectivity.random(fanIn, fanIn).onto(neuron, presynaptic).presynaptic());
            }
        }
    }
}
