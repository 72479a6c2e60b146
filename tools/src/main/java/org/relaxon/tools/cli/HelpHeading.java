package org.relaxon.tools.cli;

import java.util.List;

/** The headings under which the help of a command lists its options, in this order. */
enum HelpHeading {
    TASK(
            "What to do",
            "--all --axis --beside --delay-family --delays --depths --export --file --for --make-keys --map --merge --own-init"
                    + " --products --resume --rounds --runs --seeds --shard --show --span --svg --synapses"
                    + " --ticks --training --write --from-nir --nir --write-weights"),
    NETWORK(
            "Network",
            "--layers --hidden-layers --width --network --feedback --activation --output-activation --loss --init --gain --weights --seed"),
    DATA(
            "Data",
            "--data --batch --samples --examples --test-examples --inputs --task --motion"
                    + " --last-batch"),
    ALGORITHM(
            "Algorithm",
            "--algorithm --beta --gamma --estimator --form --dynamics --step --inference-rate"
                    + " --points --precisions --parameters --against"),
    TRAINING(
            "Training",
            "--epochs --iterations --optimiser --rate --rate-decay --rate-schedule --weight-decay"
                    + " --l2 --schedule --patience --evaluate-every --align-every --unsettled"
                    + " --update-probability --checkpoint --resume-with"),
    CELLS(
            "Cells and hosts",
            "--host --port --join --nodes --dry-nodes --as --measure-nodes --placement --listen --tls --insecure --threads --parallel --in-flight --granularity --kernels --precision --drive --discipline"
                    + " --refractory"),
    ALLOCATION("Allocation", "--cpus --mem --time --partition"),
    ACCURACY("Accuracy", "--threshold --tolerance --quantum --audit-rounds --probes"),
    FAULTS(
            "Delays and faults",
            "--delay --delay-on --delivery --drop --duplicate --reorder --late --cut --burst"
                    + " --slow --crash --starve --pause --factor"),
    BUDGETS(
            "Budgets",
            "--budget-messages --budget-relaxations --budget-time --budget-sweeps"
                    + " --budget-memory"),
    OUTPUT(
            "Output",
            "--frames --figures --probe --probe-every --tensorboard --out --json --quiet --force --dry-run --module --help --version");

    private final String title;
    private final List<String> names;

    HelpHeading(String title, String names) {
        this.title = title;
        this.names = List.of(names.split(" "));
    }

    String title() {
        return title;
    }

    /** The options, by their longest names. */
    List<String> names() {
        return names;
    }
}
