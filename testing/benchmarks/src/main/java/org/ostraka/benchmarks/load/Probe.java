package org.ostraka.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sends each kind of request of a plan once. Stateless. */
public final class Probe {

  private Probe() {}

  /** Returns all answers, including refusals, in the order of the choices and their steps. */
  public static List<Caller.Answer> answers(LoadPlan plan) throws IOException {
    Draw draw =
        new Draw(plan.distribution().picker(plan.keys()), plan.keys(), new SplittableRandom(1));
    List<Caller.Answer> answers = new ArrayList<>();
    try (Caller caller = new Caller(plan.endpoint())) {
      for (Workload.Choice choice : plan.workload().choices()) {
        for (Operation step : choice.steps()) {
          Request request = step.template().request();
          step.filler().fill(request, draw);
          answers.add(caller.call(request));
        }
      }
    }
    return answers;
  }
}
