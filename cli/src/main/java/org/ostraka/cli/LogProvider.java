package org.ostraka.cli;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import ch.qos.logback.core.util.StatusListenerConfigHelper;
import ch.qos.logback.core.util.StatusPrinter2;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.Reporter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Gives Logback, as {@link LogConfigurator} configures it, to SLF4J. Logback's own provider does
 * the same after it has searched each jar of the class path for a configuration, which takes a
 * tenth of a server's start. Any thread after {@link #initialize}.
 */
public final class LogProvider implements SLF4JServiceProvider {
  /** The version of SLF4J that this is written for; it takes any 2.0. */
  private static final String SLF4J_VERSION = "2.0.99";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

  /**
   * Makes SLF4J use this class, unless the operator has chosen another provider, or a file that
   * configures Logback. Before the first logger is asked for.
   */
  static void choose() {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) == null
        && System.getProperty(LoggerFactory.PROVIDER_PROPERTY_KEY) == null) {
      System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LogProvider.class.getName());
      if (System.getProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY) == null) {
        // SLF4J prints which provider was chosen, unless it prints warnings only.
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
      }
    }
  }

  @Override
  public void initialize() {
    context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
    context.setMDCAdapter(mdc);
    StatusListenerConfigHelper.installIfAsked(context);
    new LogConfigurator().configure(context);
    context.start();
    if (new StatusUtil(context).getHighestLevel(0) > Status.INFO) { // the printer loads time zones
      new StatusPrinter2().printInCaseOfErrorsOrWarnings(context);
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return SLF4J_VERSION;
  }
}
