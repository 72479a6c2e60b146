package org.relaxon.runtime.guard;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.part.OwnPartException;

/**
 * A wrapper of a user's own part: an exception thrown by the part, at any time and on any thread,
 * becomes an {@link OwnPartException} that names the part, its method, and the place in the user's
 * code. Wrappers compute the same values and are equal if their parts are. A failure without user
 * code in its stack passes unchanged.
 */
public abstract class Guarded {
    private final Object part;
    private final String kind;
    private final String name;

    /** One word of a command line, with parameters. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(:[-+0-9.eE,]+)?");

    Guarded(Object part, String kind, String name) {
        this.part = part;
        this.kind = kind;
        this.name = name;
    }

    /**
     * Guards a term.
     *
     * @param term of an energy
     * @return the term, guarded
     * @throws OwnPartException if its name cannot be read
     */
    public static EnergyTerm of(EnergyTerm term) {
        return term instanceof Guarded ? term : new GuardedTerm(term);
    }

    /**
     * Guards an activation.
     *
     * @param activation of a population
     * @return the activation, guarded
     * @throws OwnPartException if its name cannot be read
     */
    public static Activation of(Activation activation) {
        return new GuardedActivation(activation);
    }

    /**
     * Guards a loss.
     *
     * @param loss of a network
     * @return the loss, guarded
     * @throws OwnPartException if its name cannot be read
     */
    public static Loss of(Loss loss) {
        return new GuardedLoss(loss);
    }

    /**
     * Guards a source of algorithms and the rules of its algorithms.
     *
     * @param source of an algorithm
     * @return the source, guarded
     * @throws OwnPartException if its name cannot be read
     */
    public static AlgorithmSource of(AlgorithmSource source) {
        return new GuardedSource(source);
    }

    /** A call to a part that is not guarded yet. */
    interface Text {
        String get();
    }

    /** The name of a part, read once. */
    static String named(Object part, Text name) {
        String asked = part.getClass().getName() + ": optionName";
        String text;
        try {
            text = name.get();
        } catch (Throwable thrown) {
            throw OwnPartException.of(asked, thrown);
        }
        if (text == null || text.isBlank()) {
            throw new OwnPartException(asked + " gives no name");
        }
        if (!NAME.matcher(text).matches()) {
            throw new OwnPartException(
                    "%s gives \"%s\"; a name has letters, digits, hyphens, dots and underscores, and may end with a colon and numbers"
                            .formatted(asked, text));
        }
        return text;
    }

    final String name() {
        return name;
    }

    /** The exception to throw where a method of the part failed. */
    final RuntimeException failure(String method, Throwable thrown) {
        if (thrown instanceof OwnPartException own) {
            return own;
        }
        if (OwnPartException.isOwn(Guarded.class.getName(), thrown)) {
            return OwnPartException.of("%s %s: %s".formatted(kind, name, method), thrown);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown; // Relaxon throws no other kind
    }

    /** The answer of a method that may refuse its arguments, as its contract allows. */
    final <T> T unlessRefused(String method, Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException refusal) {
            throw refusal;
        } catch (Throwable thrown) {
            throw failure(method, thrown);
        }
    }

    /** Refuses a missing result. */
    final <T> T given(String method, T answer) {
        if (answer == null) {
            throw new OwnPartException("%s %s: %s gives null".formatted(kind, name, method));
        }
        return answer;
    }

    /** What distinguishes the part from others: by default the object itself. */
    Object identity() {
        return part;
    }

    /**
     * Identity by name, for a part that the class path creates again at every lookup and that is
     * read from its name alone.
     */
    final Object identityByName() {
        return List.of(part.getClass(), name);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Guarded g
                && g.getClass() == getClass()
                && g.identity().equals(identity());
    }

    @Override
    public final int hashCode() {
        return identity().hashCode();
    }

    @Override
    public final String toString() {
        return name;
    }
}
