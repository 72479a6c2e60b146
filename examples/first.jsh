// jshell --class-path tools/target/relaxon-tools-0.1.0-SNAPSHOT.jar examples/first.jsh
import org.relaxon.experiments.*;
import org.relaxon.runtime.delay.*;

var experiment = Experiment.layered(8, 16, 4).withDelay(Delays.exponential(1_000_000));
System.out.println(experiment.run());
for (double beta : new double[] {1e-2, 1e-3, 1e-4}) System.out.println(beta + ": " + experiment.withStrength(beta).run().relativeError());
/exit
