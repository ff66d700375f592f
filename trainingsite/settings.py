"""Settings. Everything that differs between places is read from the environment; docs/operations.md lists the names."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from trainingsite import logs, schedule

django_stubs_ext.monkeypatch()  # ModelForm[Course] and the like are known at run time too

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- Place ---------------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECURE = env.bool("SECURE", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()
DEMO_SECRET_KEY = "demo-only-" + "0123456789abcdef" * 4
SECRET_KEY = env.str("SECRET_KEY", DEMO_SECRET_KEY if DEMO or DEBUG else "")
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "kefu-demo-2026")
DEMO_CLIENT_SECRET = env.str("DEMO_CLIENT_SECRET", "demo-secret")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DEMO=true for a demo that may use the published one.")
if SECRET_KEY == DEMO_SECRET_KEY and not (DEMO or DEBUG):
    raise ImproperlyConfigured("SECRET_KEY is the demo's published one; a production start needs its own.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
BASE_URL = env.str("BASE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- House ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "trainingsite.core",
    "trainingsite.people",
    "trainingsite.notices",
    "courses",
    "assessments",
    "mentoring",
    "analytics",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "oauth2_provider",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trainingsite.people.middleware.person_preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trainingsite.core.request_log.RequestLog",
    "pghistory.middleware.HistoryMiddleware",
    "courses.prerequisites.middleware.ClosedUnits",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "trainingsite.urls"
WSGI_APPLICATION = "trainingsite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "trainingsite.core.forms.KitRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "trainingsite.core.templatetags.kit",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "trainingsite.core.navigation.context",
                "trainingsite.notices.context.unread",
            ],
        },
    }
]

# --- Data ----------------------------------------------------------------------------------------------------------
APP_DATABASE_URL = env.str("DATABASE_URL", "")
if not APP_DATABASE_URL:
    raise ImproperlyConfigured("Set DATABASE_URL; `python -m trainingsite.embedded with COMMAND` sets an embedded one.")
OWNER_DATABASE_URL = env.str("DATABASE_OWNER_URL", APP_DATABASE_URL)
# The owner migrates; the application runs as a role that can neither alter tables nor change the audit trail.
AS_OWNER = env.str("DJANGO_DB_ROLE", "app", validate=lambda role: role in {"app", "owner"}) == "owner"
DATABASES = {
    "default": {
        **dj_database_url.parse(OWNER_DATABASE_URL if AS_OWNER else APP_DATABASE_URL),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": env.bool("DATABASE_POOLED", False),
    }
}
REDIS_URL = env.str("REDIS_URL", "")
if not REDIS_URL:
    raise ImproperlyConfigured("Set REDIS_URL; `python -m trainingsite.embedded with COMMAND` sets an embedded one.")
CACHES = {"default": {"BACKEND": "trainingsite.core.cache.RedisCache", "LOCATION": REDIS_URL}}
PGHISTORY_APPEND_ONLY = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- Who -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "trainingsite.people.access.backend.PersonBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", 10)
AXES_COOLOFF_TIME = env.int("LOGIN_COOLOFF_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
OAUTH2_PROVIDER = {
    "SCOPES": {"read": "Read", "write": "Write"},
    "DEFAULT_SCOPES": ["read", "write"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "PKCE_REQUIRED": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    **{
        f"COMPLIANT_BCP_RFC9700_{rule}": True
        for rule in (
            "ACCESS_TOKEN_TRANSPORT",
            "AUTHZ_RESPONSE_ISS",
            "IMPLICIT_GRANT",
            "PASSWORD_GRANT",
            "PKCE_METHOD",
            "PKCE_REQUIRED",
            "REDIRECT_URI_MATCHING",
            "REDIRECT_URI_SCHEME",
            "REFRESH_TOKEN",
            "TOKEN_STORAGE",
        )
    },
}

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
CATALOGUES = ("core", "people", "notices", "courses", "assessments", "mentoring", "analytics")
LOCALE_PATHS = [BASE_DIR / "locale" / name for name in CATALOGUES]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FIRST_DAY_OF_WEEK = 1
FORMAT_MODULE_PATH = ["trainingsite.formats"]

# --- Files and mail ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
# Megabytes a file; deploy/nginx/site.inc lets requests through up to its client_max_body_size.
UPLOAD_LIMITS_MB = {
    "image": env.int("MAX_PICTURE_MB", 5),
    "document": env.int("MAX_DOCUMENT_MB", 50),
    "audio": env.int("MAX_AUDIO_MB", 100),
    "video": env.int("MAX_VIDEO_MB", 500),
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("gif", "jpg", "png", "webp", "woff", "woff2", "ttf", "eot", "map", "gz", "br")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Files named by what is in them: writing one again is writing the same.
    "library": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT / "library", "base_url": None, "allow_overwrite": True},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_CONFIG: dict[str, Any] = env.dj_email_url("EMAIL_URL", f"file:///{VAR_DIR / 'mail'}")
vars().update({key: value for key, value in EMAIL_CONFIG.items() if key.startswith("EMAIL_")})
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "客服学堂 <academy@localhost>")
# The mailbox that takes answers to invitations; not set, they go to where the mails come from.
CALENDAR_ADDRESS = env.str("CALENDAR_ADDRESS", "") or parseaddr(DEFAULT_FROM_EMAIL)[1]

# --- Safety --------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)  # deploy/nginx sets these headers and lets no visitor set them
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_REAL_IP" if BEHIND_PROXY else "REMOTE_ADDR"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # ECharts writes style attributes into its tooltips.
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Work in the background ----------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A killed worker's jobs come back after this many seconds; effects are unique in the database, so twice is harmless.
CELERY_TASK_SOFT_TIME_LIMIT = 600
CELERY_TASK_TIME_LIMIT = 660  # shorter than the visibility timeout, or a long job would be given to a second worker
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
CELERY_BEAT_SCHEDULER = "trainingsite.core.health.scheduler:LivingScheduler"
CELERY_BEAT_SCHEDULE = schedule.BEAT

PASS_RATE_TARGET = env.float("PASS_RATE_TARGET", 95.0)  # percent of people that should pass

# Five minutes a day: questions a day, how many of them new ones, and the share that should still be known when asked.
PRACTICE_QUESTIONS = env.int("PRACTICE_QUESTIONS", 8)
PRACTICE_NEW = env.int("PRACTICE_NEW", 4)
PRACTICE_RETENTION = env.float("PRACTICE_RETENTION", 0.9)

# --- REST ----------------------------------------------------------------------------------------------------------
FILTERS_EMPTY_CHOICE_LABEL = _("All")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "trainingsite.people.access.rest.ClientAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["trainingsite.people.access.rest.ActPermission"],
    "DEFAULT_PAGINATION_CLASS": "trainingsite.core.api.ChangesPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_VERSIONING_CLASS": None,
    "PAGE_SIZE": 100,
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "trainingsite.core.api.RefusalHandler"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kefu Academy API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Training management for e-commerce customer-service teams.",
    "SERVE_INCLUDE_SCHEMA": False,
    "GET_MOCK_REQUEST": "trainingsite.core.openapi.anonymous_request",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        name: f"drf_standardized_errors.openapi_serializers.{name}.choices"
        for name in (
            "ValidationErrorEnum",
            "ClientErrorEnum",
            "ServerErrorEnum",
            *(f"ErrorCode{code}Enum" for code in (401, 403, 404, 405, 406, 415, 429, 500)),
        )
    }
    | {
        "BusyKindEnum": "courses.planning.models.BusyKind",
        "QuestionKindEnum": "assessments.questions.models.Kind",
        "CourseStatusEnum": "courses.curriculum.models.CourseStatus",
        "EmploymentStatusEnum": "trainingsite.people.staff.models.Status",
        "EndOfPairingEnum": "mentoring.pairings.models.EndReason",
        "MatchingRoundStateEnum": "mentoring.matching.api.STATES",
    },
    "POSTPROCESSING_HOOKS": ["drf_standardized_errors.openapi_hooks.postprocess_schema_enums"],
}

# --- Logs ----------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=lambda level: level in {"DEBUG", "INFO", "WARNING", "ERROR"})
logs.configure(LOG_LEVEL)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "trainingsite.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
