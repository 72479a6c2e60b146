package own;

import java.util.List;
import org.relaxon.runtime.delay.DelayFactory;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Durations;

/** A wire for packets of a fixed size, which travel one after the other. */
public class Packets implements DelayFactory {
    /** A record, so that equal texts give equal models. */
    record Model(long each, int size) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            return each;
        }

        @Override
        public long nanos(long seed, long link, long draw, int numbers, long now) {
            return each * Math.max(1, (numbers + size - 1) / size);
        }

        @Override
        public long typicalNanos() {
            return each;
        }

        @Override
        public String spec() {
            return "packets:" + Durations.format(each) + "," + size;
        }
    }

    @Override
    public String name() {
        return "packets";
    }

    @Override
    public String example() {
        return "packets:100us,8";
    }

    @Override
    public String line() {
        return "a time for each packet of at most 8 numbers";
    }

    @Override
    public DelayModel parse(List<String> arguments) {
        if (arguments.size() != 2 || !arguments.get(1).matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("packets needs a time and a size in 1..999999");
        }
        long each = Durations.parse("delay", arguments.get(0));
        return new Model(each, Integer.parseInt(arguments.get(1)));
    }
}
