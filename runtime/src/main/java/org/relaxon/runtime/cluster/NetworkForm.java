package org.relaxon.runtime.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.network.Projection.FeedbackWeights;

/** Writes down a network, of its parameters those that some cells need. */
final class NetworkForm {
    private static final int PARTS_MAX = 1 << 20;

    private static final long COPIES = 3; // of parameters while they are read

    /** States no scales of its own. */
    private static final Initialisation ZEROS =
            new Initialisation(Initialisation.Scheme.UNIFORM, 0.0, 1);

    private NetworkForm() {}

    /**
     * Writes a network down.
     *
     * @param network network to write
     * @param parameters its parameters
     * @param needed rows of them that are written
     * @param out receives it
     * @throws IllegalArgumentException if it has an activation or loss of a user's own
     */
    static void save(Network network, Parameters parameters, Rows needed, StateWriter out) {
        out.writeText(
                requireKnown(
                        "loss",
                        network.loss().optionName(),
                        StandardLoss.values(),
                        network.loss()));
        out.writeInt(network.populations().size());
        for (Population p : network.populations()) {
            out.writeText(p.name());
            out.writeInt(p.size());
            out.writeConstant(p.role());
            Activation f =
                    p.role() == Population.Role.INPUT ? StandardActivation.LINEAR : p.activation();
            out.writeText(
                    requireKnown("activation", f.optionName(), StandardActivation.values(), f));
        }
        out.writeInt(network.projections().size());
        for (Projection e : network.projections()) {
            out.writeText(e.name());
            out.writeText(network.population(e.pre()).name());
            out.writeText(network.population(e.post()).name());
            out.writeText(e.connectivity().spec());
            out.writeInt(e.weightsOf());
            out.writeText(e.hasOwnFeedback() ? e.ownFeedback().spec() : "");
        }
        needed.save(parameters, out);
    }

    private static <T> String requireKnown(String option, String name, T[] known, T part) {
        if (Stream.of(known).noneMatch(part::equals)) {
            throw new IllegalArgumentException(
                    "host: cluster runs the parts of the library, and %s %s is one of your own; use --host akka or virtual"
                            .formatted(option, name));
        }
        return name;
    }

    /** The network; rows of weights that were not written are absent. */
    static Network load(StateReader in) {
        NetworkBuilder builder =
                new NetworkBuilder(named(in, StandardLoss.values(), Loss::optionName));
        Map<String, Integer> sizes = new HashMap<>();
        for (int k = in.readCount(PARTS_MAX, Integer.BYTES); k > 0; k--) {
            String name = in.readText();
            int size = in.readInt();
            sizes.put(name, size);
            Population.Role role = in.readConstant(Population.Role.values());
            Activation f = named(in, StandardActivation.values(), Activation::optionName);
            switch (role) {
                case INPUT -> builder.input(name, size);
                case HIDDEN -> builder.hidden(name, size, f);
                case OUTPUT -> builder.output(name, size, f);
            }
        }
        int projections = in.readCount(PARTS_MAX, Integer.BYTES);
        List<String> names = new java.util.ArrayList<>();
        long numbers = 0;
        for (int k = 0; k < projections; k++) {
            names.add(in.readText());
            numbers += project(builder, sizes, names, in);
            requireRoom("rows and columns of weights", numbers, in);
        }
        Network network = builder.outline(ZEROS);
        Rows.load(network, network.parameters(), in);
        return network.with(network.parameters()); // if they are finite
    }

    /**
     * Refuses synapses for which there is no room. Rows of zeros are not written, so that few bytes
     * can stand for many.
     *
     * @param synapses of the cells of this process
     * @param in where they were stated
     */
    static void requireRoom(long synapses, StateReader in) {
        requireRoom("synapses", synapses, in);
    }

    private static void requireRoom(String what, long numbers, StateReader in) {
        long most = Runtime.getRuntime().maxMemory() / 5 * 4 / (COPIES * Double.BYTES);
        if (numbers > most) {
            throw in.refusal(
                    "at most %d %s, which fit into the memory of this process, found %d"
                            .formatted(most, what, numbers));
        }
    }

    /** Adds a projection; the result is how many rows and columns it has. */
    private static long project(
            NetworkBuilder builder,
            Map<String, Integer> sizes,
            List<String> names,
            StateReader in) {
        int index = names.size() - 1;
        String pre = in.readText();
        String post = in.readText();
        Connectivity pattern = Connectivity.parse(in.readText());
        int weightsOf = in.readInt(0, index);
        if (weightsOf == index) {
            builder.project(names.get(index), pre, post, pattern);
        } else {
            builder.share(names.get(index), pre, post, names.get(weightsOf));
        }
        String feedback = in.readText();
        if (!feedback.isEmpty()) {
            builder.feedback(names.get(index), FeedbackWeights.parse(feedback));
        }
        return (long) sizes.get(pre) + sizes.get(post);
    }

    private static <T> T named(StateReader in, T[] known, Function<T, String> names) {
        String name = in.readText();
        return Stream.of(known)
                .filter(one -> names.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> in.refusal("a part of the library, found " + name));
    }
}
