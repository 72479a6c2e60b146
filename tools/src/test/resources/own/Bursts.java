package own;

import java.util.List;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.discipline.Clock;
import org.relaxon.runtime.discipline.ClockFactory;

/** So many turns in quick succession, then a pause that each cell draws anew. */
public class Bursts implements ClockFactory {
    /** A record, so that equal texts give equal clocks. */
    record Model(int turns, long pause) implements Clock {
        @Override
        public long nanos(long seed, long cell, long turn) {
            boolean quick = turn % turns != 0;
            return quick ? pause / 100 : (long) (pause * (0.5 + Clock.uniform(seed, cell, turn)));
        }

        @Override
        public double meanNanos() {
            return (pause + (turns - 1) * (pause / 100)) / (double) turns;
        }

        @Override
        public String spec() {
            return "bursts:" + turns + "," + Durations.format(pause);
        }
    }

    @Override
    public String name() {
        return "bursts";
    }

    @Override
    public String example() {
        return "bursts:3,500us";
    }

    @Override
    public String line() {
        return "3 turns in quick succession, then a pause of 500us on average";
    }

    @Override
    public Clock parse(List<String> arguments) {
        if (arguments.size() != 2 || !arguments.get(0).matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("bursts needs turns in 1..999999 and a pause");
        }
        long pause = Durations.parse("discipline", arguments.get(1));
        return new Model(Integer.parseInt(arguments.get(0)), pause);
    }
}
