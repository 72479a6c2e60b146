import org.relaxon.experiments.Experiment;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.delay.Delays;

public class FirstExperiment {
    public static void main(String[] args) {
        var experiment = Experiment.layered(8, 16, 12, 4)
                .withGranularity(Granularity.NEURON)
                .withDelay(Delays.exponential(1_000_000)); // one virtual millisecond on average
        System.out.println(experiment.run());
    }
}
