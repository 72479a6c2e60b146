package org.relaxon.model.math;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/**
 * Whether products use {@code VectorLoops} and {@code VectorFloatLoops}. The module {@code
 * jdk.incubator.vector} is part of the JVM when it starts ({@code --add-modules}), or is loaded
 * here where the JVM exports the package that can ({@code --add-exports
 * java.base/jdk.internal.module=ALL-UNNAMED}, together with {@code -XX:+EnableVectorSupport}),
 * which prints no warning. Without an optimising compiler vectors are objects, a hundred times
 * slower than numbers, so that it must be on.
 *
 * <p>Compiling the vectors costs about half a second of one processor. They are used once products
 * that took as long have been made, by all threads; the bits are the same before and after. The
 * system property {@code relaxon.vector} is {@code false} for never, or {@code true} for always,
 * whatever the product and the compiler, which fails where they cannot be used.
 */
final class VectorModule {
    private static final String SWITCH = "relaxon.vector";
    private static final String MODULE = "jdk.incubator.vector";
    private static final String CHOSEN = System.getProperty(SWITCH, "");

    /** Multiplications of a product below which scalars are as fast. */
    private static final long LEAST = 8_192;

    /** Multiplications that take about as long as compiling the vectors. */
    private static final long AFTER = 4_000_000_000L;

    private static long made; // about: threads that add at once may count one of them
    private static volatile Constructor<?> loops; // null until they are loaded
    private static volatile Constructor<?> floatLoops; // likewise
    private static volatile TanhLoops tanh; // likewise; has no memory of its own

    /** Of a thread, as their scratch memory is larger than most cells. */
    private static final ThreadLocal<DenseLoops> OWN = ThreadLocal.withInitial(VectorModule::make);

    private static final ThreadLocal<FloatLoops> OWN_FLOATS =
            ThreadLocal.withInitial(VectorModule::makeFloats);

    private static volatile boolean never = CHOSEN.equals("false");

    private VectorModule() {}

    /**
     * Checks the system property.
     *
     * @throws IllegalArgumentException if it has another value, or is true and there are no vectors
     */
    static void requireChoice() {
        if (CHOSEN.equals("true") && loops == null) {
            String why = load();
            if (why != null) {
                throw new IllegalArgumentException(SWITCH + "=true: " + why);
            }
        }
        if (!CHOSEN.isEmpty() && !CHOSEN.equals("true") && !CHOSEN.equals("false")) {
            throw new IllegalArgumentException(SWITCH + ": need true or false, got " + CHOSEN);
        }
    }

    /**
     * Whether a product is to use vectors.
     *
     * @param multiplications of this product
     */
    static boolean serves(long multiplications) {
        if (CHOSEN.equals("true")) {
            return true;
        }
        if (never || multiplications < LEAST) {
            return false;
        }
        made += multiplications;
        return loops != null || made >= AFTER && isWorthLoading();
    }

    private static boolean isWorthLoading() {
        never = !isOptimised(System.getProperty("java.vm.info", "")) || load() != null;
        return !never;
    }

    /** Whether a JVM that describes its mode so has an optimising compiler. */
    static boolean isOptimised(String mode) {
        return !mode.contains("interpreted") && !mode.contains("emulated-client");
    }

    /** Loads them; why it cannot, or null. */
    static synchronized String load() {
        try {
            Module vector = ModuleLayer.boot().findModule(MODULE).orElse(null);
            if (vector == null) {
                Class<?> modules = Class.forName("jdk.internal.module.Modules");
                vector =
                        (Module) modules.getMethod("loadModule", String.class).invoke(null, MODULE);
            }
            VectorModule.class.getModule().addReads(vector);
            floatLoops = constructor("VectorFloatLoops");
            tanh = (TanhLoops) made(constructor("VectorTanhLoops"));
            loops = constructor("VectorLoops");
            return null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return "the module " + MODULE + " cannot be used: " + e;
        }
    }

    private static Constructor<?> constructor(String name) throws ReflectiveOperationException {
        return Class.forName(VectorModule.class.getPackageName() + "." + name)
                .getDeclaredConstructor();
    }

    /** Vector loops of the current thread, for products that end on it. */
    static DenseLoops loops() {
        return OWN.get();
    }

    /** The same in single precision. */
    static FloatLoops floatLoops() {
        return OWN_FLOATS.get();
    }

    /** The hyperbolic tangent of vectors; null as long as these are not loaded. */
    static TanhLoops tanh() {
        return tanh;
    }

    /** Vector loops with scratch memory of their own. */
    static DenseLoops make() {
        return (DenseLoops) made(loops);
    }

    /** The same in single precision. */
    static FloatLoops makeFloats() {
        return (FloatLoops) made(floatLoops);
    }

    private static Object made(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }
}
