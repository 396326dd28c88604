{{- define "ostraka.name" -}}
{{- default .Release.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "ostraka.selector" -}}
app.kubernetes.io/name: ostraka
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "ostraka.labels" -}}
{{ include "ostraka.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The names by which clients address the servers. */}}
{{- define "ostraka.hosts" -}}
{{- $name := include "ostraka.name" . -}}
{{- $own := list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) (printf "%s.%s.svc.cluster.local" $name .Release.Namespace) -}}
{{- if .Values.ingress.enabled }}{{ $own = append $own .Values.ingress.host }}{{ end -}}
{{- concat $own .Values.allowedHosts | uniq | join "," -}}
{{- end -}}

{{/* Refuses values that contradict each other. */}}
{{- define "ostraka.verify" -}}
{{- if and .Values.masterKey.location .Values.masterKey.secret -}}
{{- fail "masterKey: name a location or a secret, not both" -}}
{{- end -}}
{{- if and (not .Values.insecure) (not (and .Values.tls.secret .Values.rootKey.secret)) -}}
{{- fail "name tls.secret and rootKey.secret, or set insecure" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.host is missing" -}}
{{- end -}}
{{- end -}}

{{- define "ostraka.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{- define "ostraka.hardened" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
