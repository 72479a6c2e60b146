import org.relaxon.experiments.Experiment;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** An energy of your own: phi(x, a) = (x - f(a))^2 / 2, from which all else follows. */
public record HalfSquares(String optionName) implements EnergyTerm {
    @Override
    public double value(double x, Drive a) {
        return Math.pow(x - a.prediction(), 2) / 2;
    }

    @Override
    public double byActivity(double x, Drive a) {
        return x - a.prediction();
    }

    @Override
    public double byDrive(double x, Drive a) {
        return (a.prediction() - x) * a.slope();
    }

    @Override
    public boolean isDivergence() {
        return true; // least at x = f(a), so that the free state is the forward pass
    }

    public static void main(String[] args) {
        var own = Algorithms.of(new HalfSquares("half-squares"));
        System.out.println(Experiment.layered(8, 16, 4).withAlgorithm(own).run());
    }
}
