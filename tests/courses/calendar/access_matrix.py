from tests.access.matrix import Row

ROWS = {"calendar": Row("hr auditor supervisor instructor trainee mentor assessor")}
