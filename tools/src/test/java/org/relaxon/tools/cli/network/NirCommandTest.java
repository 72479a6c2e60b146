package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.house.Python;

/** NIR files of Python are read, and those that are written hold the same for Python. */
class NirCommandTest {
    /** As the package nir writes: compressed arrays, texts of variable length. */
    private static final String MAKE =
            """
            import h5py, numpy as np, sys
            random = np.random.default_rng(1)
            W = {'fc1': random.normal(size=(6, 8)).astype('f4'), 'fc2': random.normal(size=(4, 6)) / 3,
                 'past': random.normal(size=(4, 8)) / 3}
            b = {'fc1': random.normal(size=6), 'fc2': random.normal(size=4)}
            text = h5py.string_dtype()
            with h5py.File('made.nir', 'w') as f:
                f.create_dataset('version', data='1.0.7', dtype=text)
                graph = f.create_group('node')
                graph.create_dataset('type', data='NIRGraph', dtype=text)
                nodes = graph.create_group('nodes')
                def node(name, type, **arrays):
                    one = nodes.create_group(name)
                    one.create_dataset('type', data=type, dtype=text)
                    for key, value in arrays.items():
                        one.create_dataset(key, data=value, compression='gzip' if value.ndim else None)
                node('input', 'Input', shape=np.array([2, 4]))
                flat = nodes.create_group('flat')
                flat.create_dataset('type', data='Flatten', dtype=text)
                flat.create_dataset('input_type', data=np.array([2, 4]))
                flat.create_dataset('start_dim', data=0)
                flat.create_dataset('end_dim', data=-1)
                node('fc1', 'Affine', weight=W['fc1'], bias=b['fc1'])
                node('fc2', 'Affine', weight=W['fc2'], bias=b['fc2'])
                node('past', 'Linear', weight=W['past'])
                node('output', 'Output', shape=np.array([4]))
                graph.create_dataset('edges', data=[('input', 'flat'), ('flat', 'fc1'), ('fc1', 'fc2'),
                    ('fc2', 'output'), ('flat', 'past'), ('past', 'output')])
            """;

    /** Evaluates a graph by itself, and compares with the activities of a free phase. */
    private static final String COMPARE =
            """
            import h5py, numpy as np, sys
            arrays, run = np.load('w.npz'), np.load(sys.argv[1])
            for name in W:
                assert (arrays['W' + name] == W[name]).all(), name
            for name in b:
                assert (arrays['b' + name] == b[name]).all(), name
            with h5py.File('again.nir') as f:
                nodes, values = f['node/nodes'], {}
                into = {}
                for a, c in f['node/edges'].asstr()[()]:
                    into.setdefault(c, []).append(a)
                def value(name):
                    node = nodes[name]
                    type = node['type'].asstr()[()]
                    if type == 'Input':
                        assert node['shape'][()].prod() == 8
                        return run['x0']
                    total = sum(value(one) for one in into[name])
                    if type == 'Output':
                        return total
                    out = node['weight'][()] @ total
                    return out + node['bias'][()][:, None] if type == 'Affine' else out
                (end,) = [n for n in nodes if nodes[n]['type'].asstr()[()] == 'Output']
                print('%.1e' % abs(value(end) - run['xfc2']).max())
                print(sorted(n for n in nodes if 'weight' in nodes[n]))
            """;

    @TempDir private Path temp;

    private void made(Path file) throws Exception {
        Python.with("h5py", temp).run(temp, "-c", MAKE).ok();
        assertTrue(Files.exists(file));
    }

    @Test
    void aFileOfPythonIsReadSettledAndWrittenAgain() throws Exception {
        Path nir = temp.resolve("made.nir");
        made(nir);
        Path net = temp.resolve("net.conf");
        Path weights = temp.resolve("w.npz");
        Path again = temp.resolve("again.nir");
        Ran read =
                relaxon(
                        "network --from-nir %s --write %s --write-weights %s"
                                .formatted(nir, net, weights));
        assertEquals(0, read.code(), read.err());
        assertTrue(read.out().contains("written to   " + weights), read.out());
        String options = " %s --weights %s".formatted(net, weights);
        Ran written = relaxon("network" + options + " --nir " + again);
        assertEquals(0, written.code(), written.err());
        Ran forward =
                relaxon(
                        "settle --beta 0 --batch 3 --json - --quiet --out %s --network%s"
                                .formatted(temp.resolve("runs"), options));
        assertEquals(0, forward.code(), forward.err());
        Path run = Path.of(forward.json().get("directory").asText());
        String printed =
                Python.with("h5py", temp)
                        .run(
                                temp,
                                "-c",
                                MAKE + COMPARE.replace("import h5py, numpy as np, sys\n", ""),
                                run.resolve("arrays.npz").toString())
                        .ok();
        double distance = Double.parseDouble(printed.lines().toList().get(0));
        assertTrue(distance < 1e-9, printed);
        assertEquals("['fc1', 'fc2', 'past']", printed.lines().toList().get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nir n.nir|nir: a NIR file holds weights; give --weights",
                "--write-weights w.npz|write-weights: has no effect without --from-nir",
                "--from-nir none.nir --layers 2,2|the NIR file states the network",
                "--from-nir none.nir|none.nir",
                "net.conf --from-nir none.nir|name a network file or a NIR file, not both",
            })
    void optionsThatMakeNoSenseAreRefused(String line) throws IOException {
        Files.writeString(temp.resolve("net.conf"), "");
        String words = line.split("\\|")[0].replaceAll("\\S+\\.(nir|npz|conf)", temp + "/$0");
        String refusal = relaxon("network " + words).refusal();
        assertTrue(refusal.contains(line.split("\\|")[1]), refusal);
    }

    @Test
    void activationsAreNotWritten() throws IOException {
        Path run =
                Path.of(
                        relaxon("settle --layers 3,2,1 --quiet --json - --out " + temp)
                                .json()
                                .get("directory")
                                .asText());
        String line =
                "network --layers 3,2,1 --weights %s --nir %s"
                        .formatted(run.resolve("arrays.npz"), temp.resolve("n.nir"));
        assertTrue(relaxon(line).refusal().contains("nir: population 1 is tanh"));
        assertEquals(0, relaxon(line + " --activation linear").code());
        Ran again = relaxon("network --from-nir " + temp.resolve("n.nir"));
        assertTrue(again.out().contains("6 neurons, 8 synapses"), again.out());
    }
}
