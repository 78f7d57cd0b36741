import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.ql.Driver;
import org.apache.hadoop.hive.ql.processors.CommandProcessorResponse;
import org.apache.hadoop.hive.ql.session.SessionState;

/** Runs statements, each with \1 after it, by Hive's driver; its settings are arguments as name=value. */
public class Statements {
    public static void main(String[] settings) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        HiveConf conf = new HiveConf();
        for (String setting : settings) conf.set(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        SessionState.start(conf);
        Driver driver = new Driver(conf);
        Scanner statements = new Scanner(System.in, "UTF-8").useDelimiter("\1\n");
        while (statements.hasNext()) {
            try {
                CommandProcessorResponse response = driver.run(statements.next());
                if (response.getResponseCode() != 0) throw new Exception(response.getErrorMessage());
                if (driver.getSchema() != null && driver.getSchema().getFieldSchemas() != null)
                    for (FieldSchema field : driver.getSchema().getFieldSchemas())
                        answers.println("column\t" + field.getName() + " " + field.getType());
                List<String> rows = new ArrayList<>();
                for (; driver.getResults(rows); rows.clear())
                    for (Object row : rows) answers.println("row\t" + row.toString().replace("\n", "\nrow\t"));
            } catch (Throwable error) {
                answers.println("error\t" + error.toString().replace("\n", " "));
            }
            answers.println("done");
        }
        System.exit(0);
    }
}
